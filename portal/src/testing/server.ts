// A server for tests: answers by method and path, and keeps what it was asked.
import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Answer = unknown | ((asked: Asked) => Response | Promise<Response>);

export function answer(body: unknown, status = 200): Response {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
}

/** Keys are "GET /api/v1/me"; a path without an answer is 404. Returns the list of what was asked, in order. */
export function serve(answers: Record<string, Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname;
    const text = await request.text();
    const entry = {
      method: request.method,
      path,
      headers: request.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
    asked.push(entry);
    const found = answers[`${request.method} ${path}`];
    if (typeof found === "function") return found(entry);
    return found === undefined
      ? answer({ type: "x", title: "見つかりません。", status: 404, code: "not_found" }, 404)
      : answer(found);
  });
  return asked;
}
