// One report on its way to the other members: two people of the secretariat, the reporter's consent, a reader who sees it
// appear, and a reader for whom it does not exist.
import { canaries, fileReport, story } from "../support/report.mjs";
import { expect, proofOf, test } from "../support/sector.mjs";

async function approve(page, account) {
  await page.getByRole("button", { name: "承認する", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("input").fill(proofOf(account));
  await dialog.getByRole("button", { name: "承認する", exact: true }).click();
}

async function expectNothingOf(page, words) {
  const text = await page.content();
  for (const word of words) expect(text, `「${word}」 at ${page.url()}`).not.toContain(word);
}

test("two-person review, release, live reading, receipt; and the one who may not", async ({ as, server }) => {
  const reporter = await as("member_a_soc");
  const { number, id } = await fileReport(reporter);

  // Another member has the list open from before the release, and does not touch it.
  const reader = await as("member_b_soc");
  await reader.goto("/releases");
  await expect(reader.locator("main h1")).toHaveText("知らせ");
  await expect(reader.locator("main .row-link")).toHaveCount(0);
  let loads = 0;
  reader.on("load", () => ++loads);

  const analyst = await as("analyst1");
  await analyst.goto(`/reports/${id}`);
  await expect(analyst.locator("main")).toContainText(number);
  await analyst.getByRole("button", { name: "共有の準備を始める" }).click();
  await expect(analyst).toHaveURL(/\/share\/.*\/review$/);
  const desk = analyst.url();

  // The reporter's own words go nowhere.
  await expect(analyst.getByText("この稿はまだ公開できません。")).toBeVisible();
  await expect(analyst.getByRole("button", { name: "承認する", exact: true })).toHaveAttribute("aria-disabled", "true");
  await analyst.getByRole("button", { name: /^提案を使う/ }).click();
  await expect(analyst.getByText(/^この稿は公開できます/)).toBeVisible();
  await analyst.getByLabel("電力事業者への示唆").fill("同じ制御システムを使う会員は、保守用の接続を確かめてください。");
  await analyst.getByLabel("侵害有無の調査方法").fill("指標を過去 90 日の通信記録と照らしてください。");
  await analyst.getByLabel("緩和策").fill("保守用端末からの遠隔接続を止めてください。");
  await analyst.getByRole("button", { name: "保存して測り直す" }).click();
  await expect(analyst.getByText("保存済みです。")).toBeVisible();

  // The reporter's organisation follows the text that goes out under its consent.
  const lead = await as("member_a_lead");
  await lead.goto(desk);
  await expect(lead.locator("main")).toContainText("同意あり");
  await expect(lead.getByRole("button", { name: "承認する", exact: true })).toHaveCount(0);

  // One person is not enough, and the same person does not count twice.
  await expect(analyst.locator("main")).toContainText("同意あり");
  await approve(analyst, server.accounts.analyst1);
  await expect(analyst.locator("main")).toContainText("鈴木 あかり");
  await expect(analyst.getByRole("button", { name: "承認する", exact: true })).toHaveCount(0);
  await expect(reader.locator("main .row-link")).toHaveCount(0);

  const second = await as("analyst2");
  await second.goto(desk);
  await approve(second, server.accounts.analyst2);
  await expect(second.locator("main")).toContainText("公開済み");

  // It appears by itself.
  await expect(reader.locator("main .row-link")).toHaveCount(1);
  expect(loads, "the reader's page was never loaded again").toBe(0);
  await expect(reader.locator("main")).toContainText("受信未確認");
  await expectNothingOf(reader, canaries);
  await reader.locator("main .row-link").click();
  await expect(reader).toHaveURL(/\/releases\/[^/]+$/);
  const release = reader.url();
  await expect(reader.locator("main .tlp")).toBeVisible();
  await expect(reader.locator("main")).toContainText("203[.]0[.]113[.]77");
  await expect(reader.locator("main")).toContainText("保守用端末からの遠隔接続を止めてください。");
  await expectNothingOf(reader, canaries);

  await reader.getByRole("button", { name: "受け取りを確認した" }).click();
  await expect(reader.getByText("受け取りを確認済みです。")).toBeVisible();
  await reader.goto("/releases");
  await expect(reader.locator("main .row-link")).toHaveCount(1);
  await expect(reader.getByText("受信未確認")).toHaveCount(0);

  // The reader reads the release, never the report behind it.
  const hidden = await reader.goto(`/reports/${id}`);
  expect(hidden.status()).toBe(404);
  await expectNothingOf(reader, [...canaries, number]);

  await expectNoTrace(await as("vendor_psirt"), release);
});

// For the vendor the release does not exist: the answer to its address is the answer to an address that never existed.
async function expectNoTrace(vendor, release) {
  await vendor.goto("/releases");
  await expect(vendor.locator("main .row-link")).toHaveCount(0);
  const id = release.split("/").at(-1);
  const absent = id.replace(/^../, id.startsWith("00") ? "11" : "00");
  for (const address of ["/releases/ID", "/releases/ID/print", "/api/v1/releases/ID", "/api/v1/releases/ID/receipts"]) {
    const forbidden = await answer(vendor, address.replace("ID", id));
    const missing = await answer(vendor, address.replace("ID", absent));
    expect(forbidden.status, address).toBe(404);
    expect(forbidden, address).toEqual(missing);
  }
  await vendor.goto(release);
  await expectNothingOf(vendor, [...canaries, story.summary, "203[.]0[.]113[.]77"]);
}

// Status, headers and body without what differs between any two answers: time, number of the request, own address.
async function answer(page, address) {
  const response = await page.request.get(address);
  const { date: _date, "x-request-id": _id, ...headers } = response.headers();
  const id = address.split("/").find((part) => part.length > 20);
  const body = (await response.text())
    .replaceAll(id, "ID")
    .replace(/問い合わせ番号 [^<]+/, "問い合わせ番号")
    .replace(/"request_id":"[^"]*"/, "")
    .replace(/name="csrf" value="[^"]*"/, "");
  return { status: response.status(), headers, body };
}
