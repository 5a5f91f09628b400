// Nothing that is typed in the first report is lost: each stroke is kept on this device, every two seconds on the
// server. The page works without this script; what it adds is told in one line of words that the server wrote.

import { newKey } from "./api/key";
import { Copies, type Copy, type Fields, forgetSent } from "./draft/copies";
import { type Saving, ServerDraft } from "./draft/server";
import { Session } from "./draft/session";

const everyTwoSeconds = 2_000;
const unanswered = ["csrf", "draft", "revision", "editor"];
const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Tokyo", timeStyle: "medium" });

const find = <T extends HTMLElement>(selector: string): T | null => document.querySelector<T>(selector);
const message = (name: string): HTMLElement | null => find(`[data-draft-message="${name}"]`);

const sentAs = (text: string): string => text.replaceAll(/\r?\n/g, "\r\n");

function answers(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !unanswered.includes(name)) fields[name] = sentAs(value);
  }
  return fields;
}

const isChosen = (control: HTMLInputElement): boolean => control.type === "radio" || control.type === "checkbox";

// As the server wrote it, whatever has been typed since or brought back by the browser.
function writtenByServer(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const control of form.elements) {
    const isAnswer = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement;
    if (!isAnswer || unanswered.includes(control.name)) continue;
    const skipped = control instanceof HTMLInputElement && isChosen(control) && !control.defaultChecked;
    if (!skipped) fields[control.name] = sentAs(control.defaultValue);
  }
  return fields;
}

// What somebody has typed already on this page stays.
function fillIn(form: HTMLFormElement, fields: Fields): void {
  for (const control of form.elements) {
    const isAnswer = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement;
    if (!isAnswer || control.name === "kind" || unanswered.includes(control.name)) continue;
    if (control instanceof HTMLInputElement && isChosen(control)) {
      control.checked = fields[control.name] === control.value;
    } else if (control.value === control.defaultValue) {
      control.value = fields[control.name] ?? "";
    }
  }
}

const input = (form: HTMLFormElement, name: string): HTMLInputElement =>
  form.elements.namedItem(name) as HTMLInputElement;

class Keeper {
  readonly #form: HTMLFormElement;
  readonly #copies: Copies | undefined;
  readonly #server: ServerDraft;
  readonly #session: Session;
  readonly #status = find("[data-draft-status]");
  #serverHas: string;
  #wanted: string;
  #refused = "";
  #writing = false;
  #composing = false;
  #leaving = false;
  #submitting = false;
  #stopped = false;
  #place = "";

  constructor(form: HTMLFormElement, terms: HTMLElement, copies: Copies | undefined) {
    this.#form = form;
    this.#copies = copies;
    this.#session = new Session(Number(terms.dataset.idle), Number(terms.dataset.left));
    input(form, "editor").value ||= newKey();
    this.#server = new ServerDraft({
      id: input(form, "draft").value,
      revision: Number(input(form, "revision").value),
      editor: input(form, "editor").value,
      proof: input(form, "csrf").value,
    });
    this.#serverHas = this.#wanted = JSON.stringify(writtenByServer(form));
  }

  get id(): string {
    return this.#server.id;
  }

  /** What was left on this device and never reached the server comes back. */
  async restore(): Promise<void> {
    const copy = await this.#copies?.get(this.id);
    if (!copy || copy.onServer || JSON.stringify(copy.fields) === this.#serverHas) return this.#takeUp();
    fillIn(this.#form, copy.fields);
    // Saved elsewhere meanwhile: the next saving is refused, and the page with both texts is a press away.
    if (copy.revision < this.#server.revision) this.#server.revision = copy.revision;
    this.#say(this.#status?.dataset.restored ?? "");
    this.changed();
    await this.save();
  }

  // What was typed before this script ran.
  #takeUp(): void {
    if (JSON.stringify(answers(this.#form)) !== this.#serverHas) this.changed();
  }

  start(): void {
    if (this.#form.dataset.draftForm !== "send") {
      this.#form.addEventListener("input", (event) => {
        if (!(event as InputEvent).isComposing) this.changed();
      });
      this.#form.addEventListener("compositionstart", () => {
        this.#composing = true;
      });
      this.#form.addEventListener("compositionend", () => {
        // The Enter that ends it comes after it in some browsers.
        setTimeout(() => {
          this.#composing = false;
        }, 0);
        this.changed();
      });
      this.#form.addEventListener("focusout", () => void this.save());
      setInterval(() => void this.save(), everyTwoSeconds);
      addEventListener("online", () => void this.save());
      addEventListener("pagehide", () => this.#leave());
      document.addEventListener("visibilitychange", () => document.hidden && this.#leave());
    }
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#warnBeforeTheEnd();
    this.#clearWithSignOut();
  }

  changed(): void {
    this.#wanted = JSON.stringify(answers(this.#form));
    this.#nameInAddress();
    void this.#keepCopy(false);
  }

  /** To the server, when it has something else. */
  async save(always = false): Promise<Saving> {
    const wanted = this.#wanted;
    const isVain = wanted === this.#serverHas || wanted === this.#refused || this.#stopped;
    if (isVain && !always) return { kind: "saved" };
    const saving = await this.#server.save(JSON.parse(wanted) as Fields);
    if (saving.kind === "saved") this.#session.answered();
    if (saving.kind === "gone") return this.#startAnew();
    await this.#told(saving, wanted);
    return saving;
  }

  // Deleted elsewhere while it was open here: what is on this page goes on as another draft.
  #startAnew(): Promise<Saving> {
    void this.#copies?.remove(this.id);
    this.#server.id = newKey();
    this.#server.revision = 0;
    input(this.#form, "draft").value = this.id;
    this.#nameInAddress();
    return this.save(true);
  }

  async #told(saving: Saving, wanted: string): Promise<void> {
    for (const name of ["signed_out", "offline", "refused", "moved_on", "sent"]) {
      const shown = message(name);
      if (shown) shown.hidden = saving.kind !== name || name === "offline";
    }
    this.#stopped = ["signed_out", "moved_on", "sent"].includes(saving.kind);
    if (saving.kind === "refused") {
      this.#refused = wanted;
      const why = find("[data-draft-why]");
      if (why) why.textContent = saving.why;
    }
    if (saving.kind !== "saved") return this.#keepCopy(false);
    this.#serverHas = wanted;
    input(this.#form, "revision").value = String(this.#server.revision);
    await this.#keepCopy(wanted === this.#wanted);
  }

  // The newest text only: one that came meanwhile is written next.
  async #keepCopy(onServer: boolean): Promise<void> {
    if (!this.#copies) return this.#sayPlace(onServer ? "server" : "nowhere");
    if (this.#writing) return;
    this.#writing = true;
    let kept = "";
    try {
      while (kept !== this.#wanted) {
        kept = this.#wanted;
        const copy: Copy = { id: this.id, revision: this.#server.revision, onServer, fields: JSON.parse(kept) };
        await this.#copies.put({ ...copy, onServer: kept === this.#serverHas });
      }
      this.#sayPlace(kept === this.#serverHas ? "both" : "device");
    } catch {
      this.#sayPlace(onServer ? "server" : "nowhere");
    } finally {
      this.#writing = false;
    }
  }

  #sayPlace(place: string): void {
    if (place === this.#place && place === "nowhere") return;
    this.#place = place;
    this.#say((this.#status?.dataset[place] ?? "").replace("{time}", clock.format(new Date())));
  }

  #say(text: string): void {
    if (this.#status && text) this.#status.textContent = text;
  }

  // The address names the draft, so that reloading and going back lead to it.
  #nameInAddress(): void {
    if (this.#form.dataset.draftForm === "send") return;
    const kind = new FormData(this.#form).get("kind") === "near_miss" ? "&kind=near_miss" : "";
    const address = `/report?draft=${this.id}${kind}`;
    if (location.pathname + location.search !== address) history.replaceState(null, "", address);
    message("signed_out")
      ?.querySelector("a")
      ?.setAttribute("href", `/login?next=${encodeURIComponent(address)}`);
  }

  #leave(): void {
    if (this.#leaving || this.#stopped || this.#wanted === this.#serverHas) return;
    void this.#server.save(JSON.parse(this.#wanted) as Fields, true);
  }

  // Kept first, sent second: a line that is lost shows here and not as an empty page of the browser's.
  #submit(event: SubmitEvent): void {
    if (this.#leaving) return;
    event.preventDefault();
    if (this.#composing || this.#submitting) return;
    this.#submitting = true;
    const button = event.submitter as HTMLButtonElement | null;
    this.#wanted = JSON.stringify(answers(this.#form));
    void this.save(true).then((saving) => {
      this.#submitting = false;
      const offline = message("offline");
      if (offline) offline.hidden = saving.kind !== "offline";
      const stays = ["offline", "signed_out", "sent"].includes(saving.kind);
      // The server shows both texts to whoever asks to compare, or goes on regardless.
      const compares = saving.kind === "moved_on" && button?.getAttribute("formaction") === "/report/drafts";
      if (stays || (saving.kind === "moved_on" && !compares)) return;
      this.#leaving = true;
      this.#form.requestSubmit(button);
    });
  }

  #warnBeforeTheEnd(): void {
    const stay = async (): Promise<void> => {
      const saving = await this.save(true);
      if (saving.kind === "saved") look();
    };
    const look = (): void => {
      const ending = this.#session.ending();
      const idle = message("ending");
      const last = message("ended_soon");
      if (idle) idle.hidden = ending !== "idle";
      if (last) last.hidden = ending !== "last";
    };
    setInterval(look, 5_000);
    find("[data-draft-stay]")?.addEventListener("click", () => void stay());
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && message("ending")?.hidden === false) void stay();
    });
  }

  // Signing out clears this device, so what has not reached the server is asked about once.
  #clearWithSignOut(): void {
    const form = find<HTMLFormElement>('form[action="/logout"]');
    let asked = false;
    form?.addEventListener("submit", (event) => {
      if (this.#wanted === this.#serverHas || asked) return;
      event.preventDefault();
      void this.save().then((saving) => {
        asked = true;
        this.#leaving = true;
        if (saving.kind === "saved") return form.requestSubmit();
        const leaving = message("leaving");
        if (leaving) leaving.hidden = false;
      });
    });
  }
}

// Copies that never reached the server stand beside the drafts that did.
async function listCopies(copies: Copies, open: string): Promise<void> {
  const list = find("[data-drafts]");
  const pattern = find("[data-draft-local]");
  if (!list || !pattern) return;
  for (const copy of await copies.all()) {
    if (copy.onServer || copy.id === open || find(`[data-draft-row="${copy.id}"]`)) continue;
    const row = pattern.cloneNode(true) as HTMLElement;
    const title = row.querySelector("[data-draft-title]");
    const first = (copy.fields.summary ?? "").trim().split("\n")[0];
    if (title && first) title.textContent = first.slice(0, 60);
    const kind = copy.fields.kind === "near_miss" ? "&kind=near_miss" : "";
    row.querySelector("a")?.setAttribute("href", `/report?draft=${copy.id}${kind}`);
    row.querySelector("[data-draft-forget]")?.addEventListener("click", () => {
      void copies.remove(copy.id).then(() => row.remove());
    });
    row.hidden = false;
    pattern.parentElement?.append(row);
    list.hidden = false;
  }
}

async function start(): Promise<void> {
  const sent = find("[data-draft-sent]")?.dataset.draftSent;
  const terms = find("[data-draft]");
  const form = find<HTMLFormElement>("[data-draft-form]");
  if (terms && form) {
    const copies = await Copies.open(terms.dataset.key ?? "");
    const keeper = new Keeper(form, terms, copies);
    keeper.start();
    await keeper.restore();
    if (copies) await listCopies(copies, keeper.id);
    if (sent) await keeper.save(true);
  }
  if (!sent) return;
  if (!form) history.replaceState(null, "", location.pathname); // the receipt's own address, to be kept
  await forgetSent(sent);
}

void start();
