import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { Review } from "../../api/types";
import { drawAt } from "../../testing/draw";
import { home, me, review, reviewId } from "../../testing/samples";
import { type Asked, serve } from "../../testing/server";
import { stubStream } from "../../testing/stream";

const refused: Partial<Review> = {
  refusal: "報告した会員が特定されるおそれがあります。",
  refusal_code: "anonymity.below_k",
  refusal_detail: "1 of 12 members fit.",
};

function open(current: Review): Asked[] {
  const asked = serve({
    "GET /api/v1/me": me({ review: true }),
    "GET /api/v1/home": home(),
    "GET /api/v1/account/factors": {
      totp: true,
      recovery_codes: 10,
      passkeys: [],
      step_up: { totp: true, passkey: false, password: false },
    },
    [`GET /api/v1/reviews/${reviewId}`]: current,
    [`GET /api/v1/reviews/${reviewId}/preview`]: current.edition,
    [`PUT /api/v1/reviews/${reviewId}`]: { ...current, revision: current.revision + 1 },
    [`POST /api/v1/reviews/${reviewId}/approvals`]: { ...current, state: "published" },
  });
  drawAt(`/share/${reviewId}/review`);
  return asked;
}

const body = () => screen.getByLabelText<HTMLTextAreaElement>("本文");
const sent = (asked: Asked[], method: string) => asked.filter((entry) => entry.method === method);

beforeEach(() => {
  stubStream();
});

describe("the desk", () => {
  it("marks what identifies in the original, with the reason and the ways to say it", async () => {
    open(review());
    expect(await screen.findByRole("heading", { name: "共有の審査" })).toBeDefined();
    const first = screen.getByLabelText("1 「東北エリア」の書き方");
    expect(
      within(first)
        .getAllByRole("option")
        .map((option) => option.textContent),
    ).toEqual(["原文のまま: 東北エリア", "50 Hz 地域", "国内のある地域"]);
  });

  it("says less where the reviewer chooses so, and back with u", async () => {
    const user = userEvent.setup();
    open(review());
    await user.selectOptions(await screen.findByLabelText("1 「東北エリア」の書き方"), "国内のある地域");
    expect(body().value).toBe("国内のある地域の北港変電所で発見。\n\n接続元 203.0.113.7。");
    (document.activeElement as HTMLElement).blur();
    await user.keyboard("u");
    expect(body().value).toBe("東北エリアの北港変電所で発見。\n\n接続元 203.0.113.7。");
  });

  it("walks the spans with n and p, and never while somebody types", async () => {
    const user = userEvent.setup();
    open(review());
    await screen.findByText("1 / 3");
    await user.keyboard("nn");
    expect(screen.getByText("3 / 3")).toBeDefined();
    await user.keyboard("p");
    expect(screen.getByText("2 / 3")).toBeDefined();
    await user.type(body(), "n");
    expect(screen.getByText("2 / 3")).toBeDefined();
  });

  it("saves on the revision it was opened on, under a key and with the proof", async () => {
    const user = userEvent.setup();
    const asked = open(review());
    await user.type(await screen.findByLabelText("緩和策"), "管理画面を閉じる。");
    await user.click(screen.getByRole("button", { name: "保存して測り直す" }));
    await waitFor(() => expect(sent(asked, "PUT")).toHaveLength(1));
    const put = sent(asked, "PUT")[0];
    expect(put?.body).toMatchObject({
      revision: 3,
      edition: { mitigation: "管理画面を閉じる。", indicators: ["203[.]0[.]113[.]7"] },
    });
    expect(put?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
    expect(put?.headers.get("X-CSRF-Token")).toBe("proof");
  });

  it("offers the two ways out of a refusal, and the proposal is what is saved", async () => {
    const user = userEvent.setup();
    const asked = open(review(refused));
    await screen.findByText("この稿はまだ公開できません。");
    expect(screen.getByRole("button", { name: "技術情報だけにする" })).toBeDefined();
    await user.click(screen.getByRole("button", { name: "提案を使う (当てはまる会員 12 社)" }));
    await waitFor(() => expect(sent(asked, "PUT")).toHaveLength(1));
    expect(sent(asked, "PUT")[0]?.body).toMatchObject({
      edition: { body: "国内のある地域の変電所で発見。\n\n接続元 203.0.113.7。" },
    });
  });

  it("says for each reader whether enough members fit", async () => {
    open(review(refused));
    const table = within(await screen.findByRole("table"));
    expect(table.getAllByText("足りない")).toHaveLength(2);
  });
});

describe("approving", () => {
  it("names everybody who will read it before anything is sent", async () => {
    const user = userEvent.setup();
    const asked = open(review());
    await user.click(await screen.findByRole("button", { name: "承認する" }));
    const dialog = within(screen.getByRole("dialog"));
    for (const name of ["東雲電力", "白波風力発電", "南嶺電力"]) expect(dialog.getByText(name)).toBeDefined();
    expect(sent(asked, "POST")).toHaveLength(0);
    await user.type(await dialog.findByLabelText("いまの確認コード、または予備コード"), "123456");
    await user.click(dialog.getByRole("button", { name: "承認する" }));
    await waitFor(() => expect(sent(asked, "POST")[0]?.body).toEqual({ revision: 3, step_up: { totp: "123456" } }));
  });

  it("waits while a change is not saved", async () => {
    const user = userEvent.setup();
    open(review());
    await user.type(await screen.findByLabelText("件名"), "!");
    await user.click(screen.getByRole("button", { name: "承認する" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByText("先に変更を保存してください。")).toBeDefined();
  });

  it("sends nothing without the proof that it asks for", async () => {
    const user = userEvent.setup();
    const asked = open(review());
    await user.click(await screen.findByRole("button", { name: "承認する" }));
    const dialog = within(screen.getByRole("dialog"));
    await dialog.findByLabelText("いまの確認コード、または予備コード");
    await user.click(dialog.getByRole("button", { name: "承認する" }));
    expect(sent(asked, "POST")).toHaveLength(0);
  });

  it("is not offered to who may not", async () => {
    open(
      review({
        consent: "missing",
        abilities: {
          edit: false,
          approve: false,
          consent: true,
          take_consent_back: false,
          give_consent_again: false,
        },
      }),
    );
    expect(await screen.findByRole("button", { name: "この文の共有に同意する" })).toBeDefined();
    expect(screen.queryByRole("button", { name: "承認する" })).toBeNull();
    expect(screen.queryByLabelText("本文")).toBeNull();
  });
});
