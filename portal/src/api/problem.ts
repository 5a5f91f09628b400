// What went wrong, as 事象・原因・対処. The server's problem documents (RFC 9457) and a broken line look the same to pages.
import { t } from "../text/texts";
import type { ProblemDocument } from "./types";

export class Problem extends Error {
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(document.title);
    this.name = "Problem";
    this.document = document;
  }

  /** The session ended, or its proof is that of an older one. */
  get isSignInNeeded(): boolean {
    return this.document.status === 401 || this.document.code === "csrf.missing";
  }

  /** The request may not have arrived, or its answer was lost: sending the same again is safe with its key. */
  get isOutcomeUnknown(): boolean {
    return this.document.status === 0 || this.document.status >= 502;
  }
}

export function lineProblem(): Problem {
  return new Problem({
    type: "about:blank",
    status: 0,
    code: "portal.line",
    title: t("portal.problem.line.what"),
    cause: t("portal.problem.line.why"),
    action: t("portal.problem.line.do"),
  });
}

function isDocument(value: unknown): value is ProblemDocument {
  return typeof value === "object" && value !== null && "title" in value && "code" in value && "status" in value;
}

/** The problem in an answer that is not a success; answers that are no problem document (a proxy's page) get a general one. */
export function problemOf(body: unknown, status: number): Problem {
  if (isDocument(body)) return new Problem(body);
  return new Problem({
    type: "about:blank",
    status,
    code: `http.${status}`,
    title: t("portal.problem.answer.what"),
    cause: t("portal.problem.answer.why", { status: String(status) }),
    action: t("portal.problem.answer.do"),
  });
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : lineProblem();
}
