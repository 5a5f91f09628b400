import { afterEach, expect, test, vi } from "vitest";
import { ServerDraft } from "./server";

const draft = () => new ServerDraft({ id: "d", revision: 0, editor: "e", proof: "p" });
const answer = (status: number, body: object) => new Response(JSON.stringify(body), { status });
const revisions = (asked: ReturnType<typeof vi.fn>) =>
  asked.mock.calls.map(([, request]) => JSON.parse(request.body).revision);

afterEach(() => vi.unstubAllGlobals());

test("each saving builds on the revision that the last one made", async () => {
  let revision = 0;
  const asked = vi.fn(async () => answer(200, { revision: ++revision }));
  vi.stubGlobal("fetch", asked);
  const saved = draft();
  await Promise.all([saved.save({ summary: "a" }), saved.save({ summary: "ab" })]);
  expect(revisions(asked)).toEqual([0, 1]);
});

test.each([
  [401, { code: "signin.needed" }, "signed_out"],
  [403, { code: "csrf.missing" }, "signed_out"],
  [409, { code: "draft.moved_on" }, "moved_on"],
  [409, { code: "draft.sent" }, "sent"],
  [404, { code: "not_found" }, "gone"],
  [503, { code: "store.stalled" }, "offline"],
])("%i %o means %s", async (status, body, kind) => {
  vi.stubGlobal("fetch", async () => answer(status, body));
  expect((await draft().save({})).kind).toBe(kind);
});

test("what the server refuses is told in its words", async () => {
  vi.stubGlobal("fetch", async () => answer(400, { code: "clearance.refused", title: "What.", action: "Do." }));
  expect(await draft().save({})).toEqual({ kind: "refused", why: "What. Do." });
});

test("a line that is lost is told, and the next saving builds on what is known", async () => {
  const asked = vi.fn(async () => {
    throw new TypeError("no line");
  });
  vi.stubGlobal("fetch", asked);
  const saved = draft();
  expect((await saved.save({})).kind).toBe("offline");
  expect((await saved.save({})).kind).toBe("offline");
  expect(revisions(asked)).toEqual([0, 0]);
});
