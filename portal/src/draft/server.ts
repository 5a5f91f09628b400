// The draft on the server. One saving at a time; each builds on the revision that the last one made.
import type { Fields } from "./copies";

export type Saving =
  | { kind: "saved" }
  | { kind: "offline" | "signed_out" | "moved_on" | "sent" | "gone" }
  | { kind: "refused"; why: string };

interface Problem {
  code?: string;
  title?: string;
  action?: string;
}

function meaning(status: number, problem: Problem): Saving {
  if (status === 401 || problem.code === "csrf.missing") return { kind: "signed_out" };
  if (problem.code === "draft.moved_on") return { kind: "moved_on" };
  if (problem.code === "draft.sent") return { kind: "sent" };
  if (status === 404) return { kind: "gone" };
  if (status >= 500) return { kind: "offline" };
  return { kind: "refused", why: [problem.title, problem.action].filter(Boolean).join(" ") };
}

export class ServerDraft {
  id: string;
  revision: number;
  readonly #editor: string;
  readonly #proof: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(draft: { id: string; revision: number; editor: string; proof: string }) {
    this.id = draft.id;
    this.revision = draft.revision;
    this.#editor = draft.editor;
    this.#proof = draft.proof;
  }

  /** `leaving`: the page may be gone before the answer comes. */
  save(fields: Fields, leaving = false): Promise<Saving> {
    const saving = leaving ? this.#send(fields, true) : this.#last.then(() => this.#send(fields, false));
    this.#last = saving;
    return saving;
  }

  async #send(fields: Fields, keepalive: boolean): Promise<Saving> {
    try {
      const answer = await fetch(`/api/v1/drafts/${this.id}`, {
        method: "PUT",
        keepalive,
        headers: { "Content-Type": "application/json", "X-CSRF-Token": this.#proof },
        body: JSON.stringify({ revision: this.revision, editor: this.#editor, fields }),
      });
      const body = (await answer.json()) as Problem & { revision?: number };
      if (!answer.ok) return meaning(answer.status, body);
      this.revision = body.revision ?? this.revision;
      return { kind: "saved" };
    } catch {
      return { kind: "offline" };
    }
  }
}
