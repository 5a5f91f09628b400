import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Home } from "../api/types";
import { drawAt } from "../testing/draw";
import { home, me, reviewId } from "../testing/samples";
import { answer, serve } from "../testing/server";
import { stubStream, TestStream } from "../testing/stream";

const reportId = "33333333-3333-4333-8333-333333333333";

const clock = (title: string, raw: string): Home["clocks"][number] => ({
  report: reportId,
  number: "NR-2026-K7Q4",
  duty: title,
  title,
  stage: "速報",
  kind: "hours",
  state: "ample",
  start: "2026-11-21T17:05:00.000000Z",
  raw,
});

function open(current: Home, abilities = {}) {
  return serve({ "GET /api/v1/me": me(abilities), "GET /api/v1/home": current });
}

beforeEach(() => {
  stubStream();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("clocks", () => {
  it("stand in the server's order, with the instant, the rest and the state in words", async () => {
    open(
      home({
        clocks: [clock("初報", "2026-11-21T17:30:00.000000Z"), clock("事故報告", "2026-11-22T17:05:00.000000Z")],
      }),
    );
    drawAt("/");
    const card = within(await screen.findByRole("region", { name: "いま動いている時計" }));
    const items = card.getAllByRole("listitem");
    expect(items[0]?.textContent).toContain("11/22(日) 02:30 まで");
    expect(items[0]?.textContent).toContain("接近");
    expect(items[1]?.textContent).toContain("余裕");
  });

  it("count on the server's time, not on that of the machine", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2030-01-01T00:00:00Z") });
    open(home({ clocks: [clock("事故報告", "2026-11-22T17:05:00.000000Z")] }));
    drawAt("/");
    expect(await screen.findByText("23:50:53")).toBeDefined();
  });
});

it("asks the server in the language of the page", async () => {
  document.documentElement.lang = "en";
  const asked = open(home());
  drawAt("/");
  await screen.findByRole("heading", { level: 1, name: "Home" });
  expect(asked.map((entry) => entry.headers.get("Accept-Language"))).not.toContain("ja");
  expect(asked[0]?.headers.get("Accept-Language")).toBe("en");
});

it("offers the reports that were begun and not sent, and takes away what is deleted", async () => {
  const draft = {
    id: "55555555-5555-4555-8555-555555555555",
    revision: 3,
    kind: "incident",
    title: "変電所 HMI 不審ログオン",
    begun_at: "2026-11-21T17:05:00.000000Z",
    saved_at: "2026-11-21T17:11:00.000000Z",
  };
  let items = [draft];
  serve({
    "GET /api/v1/me": me(),
    "GET /api/v1/home": home(),
    "GET /api/v1/drafts": () => answer({ items }),
    [`DELETE /api/v1/drafts/${draft.id}`]: () => {
      items = [];
      return new Response(null, { status: 204 });
    },
  });
  drawAt("/");
  const card = within(await screen.findByRole("region", { name: "書きかけの下書き" }));
  expect(card.getByText("保存", { exact: false }).textContent).toContain("02:11");
  expect(card.getByRole("link").getAttribute("href")).toBe(`/report?draft=${draft.id}`);
  await userEvent.click(card.getByRole("button"));
  await waitFor(() => expect(screen.queryByRole("region", { name: "書きかけの下書き" })).toBeNull());
});

it("shows the work of the secretariat only to who may review", async () => {
  open(home());
  drawAt("/");
  await screen.findByRole("heading", { level: 1, name: "ホーム" });
  await waitFor(() => expect(screen.getByRole("region", { name: "報告" })).toBeDefined());
  expect(screen.queryByRole("region", { name: "共有の審査" })).toBeNull();
  expect(screen.queryByRole("link", { name: "受信箱" })).toBeNull();
});

it("counts a form that no longer says what the report says as one's turn", async () => {
  stubStream();
  const stale_forms = [
    { report: reportId, number: "NR-2026-K7Q4", submission: reportId, title: "電気事故 速報", fields: 2 },
  ];
  serve({ "GET /api/v1/me": me(), "GET /api/v1/home": home({ stale_forms }) });
  drawAt("/");
  const link = await screen.findByRole("link", { name: "電気事故 速報" });
  expect(link.getAttribute("href")).toBe(`/reports/${reportId}/submissions#submission-${reportId}`);
  expect(screen.getByText("提出した様式と違う欄 2")).toBeDefined();
});

it("clears a notice under its id and reads home again", async () => {
  const user = userEvent.setup();
  const notice = {
    id: "n7",
    kind: "review.consent_asked",
    subject: reviewId,
    number: "NR-2026-K7Q4",
    title: "HMI への不審ログオン",
    at: home().now,
    href: `/share/${reviewId}/review`,
  };
  let current = home({ your_turn: [notice] });
  const asked = serve({
    "GET /api/v1/me": me(),
    "GET /api/v1/home": () => answer(current),
    "DELETE /api/v1/notices/n7": () => {
      current = home();
      return new Response(null, { status: 204 });
    },
  });
  drawAt("/");
  await user.click(await screen.findByRole("button", { name: /片づける/ }));
  expect(await screen.findByText("待っているものはありません。")).toBeDefined();
  expect(asked.find((entry) => entry.method === "DELETE")?.headers.get("X-CSRF-Token")).toBe("proof");
});

it("refreshes on an event without a click", async () => {
  let current = home();
  serve({ "GET /api/v1/me": me(), "GET /api/v1/home": () => answer(current) });
  drawAt("/");
  await screen.findByText("知らせはまだありません。");
  current = home({
    news: [
      {
        id: reviewId,
        number: "NS-2026-B4TT",
        version: 1,
        state: "published",
        tlp: "TLP:AMBER+STRICT",
        title: "VPN 装置の認証回避",
        published_at: home().now,
        acknowledged: false,
      },
    ],
  });
  TestStream.opened.at(-1)?.say("release", '{"id":"x"}');
  expect(await screen.findByRole("link", { name: "VPN 装置の認証回避" })).toBeDefined();
  expect(screen.getByText("TLP:AMBER+STRICT").className).toContain("tlp-amber-strict");
});

it("leads to the sign-in page, and back to where one was, when the session is gone", async () => {
  const assign = vi.spyOn(location, "assign").mockImplementation(() => undefined);
  serve({ "GET /api/v1/me": () => answer({ type: "x", title: "x", status: 401, code: "signin.needed" }, 401) });
  drawAt("/reports");
  await waitFor(() => expect(assign).toHaveBeenCalledWith(expect.stringMatching(/^\/login\?next=%2F/)));
});

it("says so, in a page of its own, when not even the first answer comes", async () => {
  document.documentElement.lang = "en";
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  drawAt("/");
  expect(await screen.findByText("The server could not be reached.")).toBeDefined();
  expect(screen.getByRole("main")).toBeDefined();
});
