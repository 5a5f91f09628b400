// When the sign-in ends, as far as this page can know: after so long without an answer of the server, and at the latest
// at a fixed moment.

const warnedBefore = 120_000;

export type Ending = "far" | "idle" | "last";

export class Session {
  readonly #idle: number;
  readonly #last: number;
  #answered: number;

  /** Seconds, as the page was made. */
  constructor(idle: number, left: number, now = Date.now()) {
    this.#idle = idle * 1000;
    this.#last = now + left * 1000;
    this.#answered = now;
  }

  answered(now = Date.now()): void {
    this.#answered = now;
  }

  /** "last": nothing can be done about it. */
  ending(now = Date.now()): Ending {
    if (this.#last - now <= warnedBefore) return "last";
    return this.#answered + this.#idle - now <= warnedBefore ? "idle" : "far";
  }
}
