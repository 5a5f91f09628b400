// The typed door to /api/v1. Every failure leaves it as a Problem; a missing session leads to the sign-in page.
import createClient, { type Middleware } from "openapi-fetch";
import { hasUnsaved } from "../app/unsaved";
import { language } from "../text/texts";
import { lineProblem, problemOf } from "./problem";
import type { paths } from "./schema";

let csrf = "";

/** Remembers the proof that /api/v1/me gave; writes made with the session cookie carry it. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

export function signInAddress(): string {
  return `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
}

/** To the sign-in page and back here; not while a form holds something that would be lost. */
export function leaveForSignIn(): void {
  if (!hasUnsaved()) location.assign(signInAddress());
}

const proof: Middleware = {
  onRequest({ request }) {
    // The language of the page, which the server chose from the cookie or the browser's wish.
    request.headers.set("Accept-Language", language());
    if (request.method !== "GET") request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) leaveForSignIn();
  },
};

export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: "same-origin",
  fetch: (request: Request) => fetch(request),
});
api.use(proof);

interface Answer<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer. Throws Problem. */
export async function bodyOf<Body>(pending: Promise<Answer<Body>>): Promise<Body> {
  const answer = await pending.catch(() => {
    throw lineProblem();
  });
  if (!answer.response.ok) throw problemOf(answer.error, answer.response.status);
  return answer.data as Body;
}
