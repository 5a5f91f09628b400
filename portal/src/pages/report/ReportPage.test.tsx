import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Deliveries, Duty, FactDefinition, Report, ReportRecipients, Submission } from "../../api/types";
import { drawAt } from "../../testing/draw";
import { home, me, report, reportId } from "../../testing/samples";
import { type Asked, answer, serve } from "../../testing/server";
import { stubStream, TestStream } from "../../testing/stream";

const facts: FactDefinition[] = [
  { name: "impact.exists", kind: "choice", label: "影響", choices: [{ value: "yes", label: "あり" }] },
  { name: "outage.lost_kw", kind: "number", unit: "kW", label: "供給支障電力" },
  { name: "pii.leak", kind: "flag", label: "個人データの漏えい" },
];

const duty: Duty = {
  id: "JP-1",
  title: "事故報告",
  basis: "電気関係報告規則 第3条",
  verdict: "fires",
  reasons: [{ text: "供給支障電力が 7,000 kW 以上です。" }],
  missing: ["outage.lost_kw"],
  clocks: [
    {
      stage: "second",
      title: "詳報",
      kind: "days",
      state: "running",
      start: "2026-11-21T17:05:00.000000Z",
      raw: "2026-12-19T15:00:00.000000Z",
      rolled: "2026-12-20T15:00:00.000000Z",
    },
  ],
  recipients: ["産業保安監督部"],
  verified: false,
};

const deliveries: Deliveries = {
  report: reportId,
  number: "NR-2026-K7Q4",
  report_version: 2,
  items: [
    {
      kind: "readers",
      name: "電力ISAC 事務局",
      what: "",
      deliveries: [
        { version: 1, state: "shown", at: "2026-11-21T17:09:12.000000Z" },
        { version: 2, state: "arrived", at: "2026-11-21T17:31:00.000000Z" },
      ],
    },
    {
      kind: "party",
      name: "経済産業大臣",
      what: "電気事故 速報",
      deliveries: [{ version: 2, state: "confirmed", at: "2026-11-21T17:24:00.000000Z", who: "山田氏" }],
    },
  ],
};

const recipients: ReportRecipients = {
  report: reportId,
  number: "NR-2026-K7Q4",
  report_version: 1,
  recipients: [
    { code: "readers", kind: "readers", name: "電力ISAC 事務局", when: "arrived", forms: [] },
    { code: "meti", kind: "party", name: "経済産業大臣", when: "when_handed_in", forms: [] },
    { code: "ppc", kind: "party", name: "個人情報保護委員会", when: "when_duty_applies", forms: [] },
    { code: "members", kind: "members", name: "会員", when: "if_you_agree", forms: [] },
  ],
  seen_by: { "outage.lost_kw": ["meti", "readers"] },
};

function open(current: Report, answers: Record<string, unknown> = {}): Asked[] {
  stubStream();
  const asked = serve({
    "GET /api/v1/me": me(),
    "GET /api/v1/home": home(),
    "GET /api/v1/facts": facts,
    [`GET /api/v1/reports/${reportId}`]: current,
    [`GET /api/v1/reports/${reportId}/forms`]: {
      report: reportId,
      number: "NR-2026-K7Q4",
      report_version: 1,
      items: [],
    },
    [`GET /api/v1/reports/${reportId}/recipients`]: recipients,
    [`GET /api/v1/reports/${reportId}/deliveries`]: deliveries,
    [`GET /api/v1/reports/${reportId}/submissions`]: submissions([]),
    [`GET /api/v1/reports/${reportId}/duties`]: { assessed_at: home().now, duties: [duty], derived: [] },
    ...answers,
  });
  drawAt(`/reports/${reportId}`);
  return asked;
}

const handedIn: Submission = {
  id: "5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c",
  report_version: 1,
  duty: "JP-1",
  duty_title: "事故報告",
  stage: "prompt",
  stage_title: "速報",
  form: "jp-eba-prompt",
  form_version: "2026.11.1",
  title: "電気事故 速報",
  digest: "00",
  addressee: { code: "meti", name: "経済産業省" },
  channel: "fax",
  channel_text: "ファクス",
  sent_at: "2026-11-21T17:08:00.000000Z",
  recorded_by: me().person,
  recorded_at: "2026-11-21T17:09:00.000000Z",
  receipts: [],
  verdict: "fires",
  newest_version: 2,
  comparable: true,
  superseded: false,
  stale: [{ field: "accident.place", label: "発生の場所", before: "第一変電所", after: "第二変電所" }],
};

function submissions(items: Submission[]) {
  return { report: reportId, number: "NR-2026-K7Q4", report_version: 2, items, abilities: { record: true } };
}

it("shows what was handed in and has become stale, with the way to the corrected form", async () => {
  open(report(), { [`GET /api/v1/reports/${reportId}/submissions`]: submissions([handedIn]) });
  expect(await screen.findByText("いまの報告と違う欄が 1 あります")).toBeDefined();
  expect(screen.getByText("第一変電所").tagName).toBe("DEL");
  expect(screen.getByText("第二変電所").tagName).toBe("INS");
  const link = screen.getByRole("link", { name: "訂正の様式を見る" });
  expect(link.getAttribute("href")).toBe(`/reports/${reportId}/submissions/${handedIn.id}/supplement`);
});

it("shows a stage as handed in only by a form for that very stage", async () => {
  const forms = (stage: string) => ({
    [`GET /api/v1/reports/${reportId}/forms`]: {
      report: reportId,
      number: "NR-2026-K7Q4",
      report_version: 1,
      items: [
        {
          form: "jp-eba-detailed",
          form_version: "2026.11.1",
          title: "電気事故 詳報",
          layout_verified: false,
          duty: "JP-1",
          stage,
          verdict: "may_fire",
          verdict_text: "要確認",
          accepted: false,
          handed_in: true,
          addressees: [],
          missing: [],
        },
      ],
    },
  });
  open(report(), forms("second"));
  const duties = await screen.findByRole("region", { name: "報告・届出と期限" });
  expect(await within(duties).findByText("提出済み")).toBeDefined();
  cleanup();
  open(report(), forms("first"));
  const others = await screen.findByRole("region", { name: "報告・届出と期限" });
  expect(await within(others).findByText("余裕")).toBeDefined();
  expect(within(others).queryByText("提出済み")).toBeNull();
});

it("asks for no correction of a form that was handed in again", async () => {
  open(report(), { [`GET /api/v1/reports/${reportId}/submissions`]: submissions([{ ...handedIn, superseded: true }]) });
  expect(await screen.findByText("あとの提出あり")).toBeDefined();
  expect(screen.queryByText("第一変電所")).toBeNull();
});

const versions = (asked: Asked[]) => asked.filter((entry) => entry.method === "POST");

beforeEach(() => {
  stubStream();
});

it("shows the counted day and the day a holiday moves it to, why, and that nobody has verified it", async () => {
  open(report());
  expect(await screen.findByText("2026-12-20(日) 00:00 JST")).toBeDefined();
  expect(screen.getByText("2026-12-21(月) 00:00 JST")).toBeDefined();
  expect(screen.getByText("未検証")).toBeDefined();
  expect(screen.getByText("供給支障電力が 7,000 kW 以上です。")).toBeDefined();
});

it("names who reads it", async () => {
  open(report());
  expect(await screen.findByText("2 組織 9 人")).toBeDefined();
});

describe("deliveries", () => {
  it("are a table of recipients and versions, with the state in words", async () => {
    open(report());
    const table = await screen.findByRole("table", { name: "" });
    const rows = within(table)
      .getAllByRole("row")
      .map((row) => row.textContent);
    expect(rows[0]).toMatch(/版 ?2.*版 ?1|第 ?2.*第 ?1/);
    expect(rows[1]).toMatch(/^電力ISAC 事務局届いた.*02:31.*表示.*02:09/);
    expect(rows[2]).toMatch(/^経済産業大臣電気事故 速報受領確認.*02:24.*山田氏―$/);
  });
});

describe("recipients", () => {
  it("are named with what leads to their eyes; those whose duty is still open are folded", async () => {
    open(report());
    const card = await screen.findByRole("region", { name: "届く相手" });
    const minister = await within(card).findByRole("link", { name: "経済産業大臣" });
    expect(minister.getAttribute("href")).toBe(`/reports/${reportId}/recipients/meti`);
    expect(within(card).getByText("報告した会社が提出したとき")).toBeDefined();
    expect(within(card).getByText("個人情報保護委員会").closest("details")?.open).toBe(false);
  });
});

describe("adding facts", () => {
  it("asks first what would decide a duty or is under investigation", async () => {
    const user = userEvent.setup();
    open(report());
    await user.click(await screen.findByRole("button", { name: "追記する" }));
    expect([...document.querySelectorAll("legend")].map((legend) => legend.textContent)).toEqual([
      "影響",
      "供給支障電力",
    ]);
  });

  it("says of each fact who will see it before it is sent", async () => {
    open(report({ abilities: { amend: true, review: false, consent: false, see_readers: false } }));
    await userEvent.click(await screen.findByRole("button", { name: "追記する" }));
    const field = screen.getByRole("group", { name: "供給支障電力" });
    expect(await within(field).findByText("いまの版で見る相手: 電力ISAC 事務局、経済産業大臣")).toBeDefined();
  });

  it("sends the whole next version, built on the one that was open", async () => {
    const user = userEvent.setup();
    const asked = open(report(), { [`POST /api/v1/reports/${reportId}/versions`]: report({ version: 2 }) });
    await user.click(await screen.findByRole("button", { name: "追記する" }));
    await user.type(screen.getByRole("textbox", { name: "供給支障電力" }), "７，２００");
    await user.selectOptions(screen.getByLabelText("「影響」の状態"), "まだわからない");
    await user.click(screen.getByRole("button", { name: "この版を送る" }));
    await waitFor(() => expect(versions(asked)).toHaveLength(1));
    expect(versions(asked)[0]?.body).toMatchObject({
      based_on: 1,
      summary: "02:05 監視員が発見した。",
      technical: { indicators: ["203.0.113.7"] },
      facts: { "outage.lost_kw": { state: "given", value: 7200 }, "impact.exists": { state: "unknown" } },
    });
    await waitFor(() => expect(screen.queryByRole("button", { name: "この版を送る" })).toBeNull());
  });

  it("keeps what was typed when the server refuses, and says what to do", async () => {
    const user = userEvent.setup();
    const problem = {
      type: "x",
      title: "先に新しい版が加わりました。",
      status: 409,
      code: "report.moved_on",
      action: "読み直してください。",
    };
    open(report(), { [`POST /api/v1/reports/${reportId}/versions`]: () => answer(problem, 409) });
    await user.click(await screen.findByRole("button", { name: "追記する" }));
    await user.type(screen.getByRole("textbox", { name: "概要" }), "切離し完了。");
    await user.click(screen.getByRole("button", { name: "この版を送る" }));
    expect(await screen.findByText("読み直してください。")).toBeDefined();
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "概要" }).value).toContain("切離し完了。");
  });

  it("does not lead away from what was typed when the session has ended", async () => {
    const user = userEvent.setup();
    const assign = vi.spyOn(location, "assign").mockImplementation(() => undefined);
    const problem = { type: "x", title: "ログインが必要です。", status: 401, code: "signin.needed" };
    open(report(), { [`POST /api/v1/reports/${reportId}/versions`]: () => answer(problem, 401) });
    await user.click(await screen.findByRole("button", { name: "追記する" }));
    await user.type(screen.getByRole("textbox", { name: "概要" }), "切離し完了。");
    await user.click(screen.getByRole("button", { name: "この版を送る" }));
    const link = await screen.findByRole<HTMLAnchorElement>("link", { name: "別のタブでログインする" });
    expect(link.target).toBe("_blank");
    expect(assign).not.toHaveBeenCalled();
  });

  it("asks before a link leads away from what was typed", async () => {
    const user = userEvent.setup();
    const confirm = vi.fn(() => false);
    vi.stubGlobal("confirm", confirm);
    window.confirm = confirm;
    open(report());
    await user.click(await screen.findByRole("button", { name: "追記する" }));
    await user.type(screen.getByRole("textbox", { name: "概要" }), "切離し完了。");
    await user.click(screen.getByRole("link", { name: "ホーム" }));
    await waitFor(() => expect(confirm).toHaveBeenCalledTimes(1));
    expect(screen.getByRole("button", { name: "この版を送る" })).toBeDefined();
  });

  it("does not overwrite a version that somebody filed meanwhile", async () => {
    const user = userEvent.setup();
    let current = report();
    const asked = open(current, {
      [`GET /api/v1/reports/${reportId}`]: () => answer(current),
      [`POST /api/v1/reports/${reportId}/versions`]: () => answer(report({ version: 3 }), 201),
    });
    await user.click(await screen.findByRole("button", { name: "追記する" }));
    await user.selectOptions(screen.getByLabelText("「影響」の状態"), "まだわからない");
    const later = { ...current.content, summary: "ほかの人が書いた。" };
    current = report({ version: 2, content: later });
    TestStream.opened.at(-1)?.say("report", JSON.stringify({ id: reportId }));
    await user.click(await screen.findByRole("button", { name: "第2版に重ねる" }));
    await user.click(screen.getByRole("button", { name: "この版を送る" }));
    await waitFor(() => expect(versions(asked)).toHaveLength(1));
    expect(versions(asked)[0]?.body).toMatchObject({
      based_on: 2,
      summary: "ほかの人が書いた。",
      facts: { "impact.exists": { state: "unknown" } },
    });
  });
});

it("answers the same for what is absent and what may not be seen, with a heading and a way to go on", async () => {
  open(report(), { [`GET /api/v1/reports/${reportId}`]: undefined });
  expect(await screen.findByRole("heading", { level: 1, name: "ページを表示できません" })).toBeDefined();
  expect(screen.getByText("見つかりません。")).toBeDefined();
});
