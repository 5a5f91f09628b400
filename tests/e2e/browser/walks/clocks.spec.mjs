// E5: clocks and deliveries at a glance, right to the second whatever the browser's own clock says, and a watch that is
// taken over in two clicks. For the clocks the browser stands in New York and its clock is three hours slow.
import { fileReport } from "../support/report.mjs";
import { expect, test } from "../support/sector.mjs";

const fold = 720;
const words = ["余裕", "接近", "超過", "数値なし", "時間数の入力待ち", "未開始"];

async function readApi(page, server, path) {
  const answer = await page.request.get(`${server.url}${path}`, {
    headers: { Authorization: `Bearer ${server.accounts.member_a_soc.api_token}` },
  });
  expect(answer.status(), path).toBe(200);
  return await answer.json();
}

/** An outage of 120,000 kW over twenty-five minutes: duties whose clocks run in days, in hours and without a number. */
async function fileOutage(page) {
  await page.goto("/report");
  await page.locator("#noticed").fill("いま");
  await page.locator("#summary").fill("変電所が止まった");
  await page.locator("#report-form details summary").first().click();
  await page.locator("#lost_kw").fill("120000");
  await page.locator("#minutes").fill("25");
  await page.locator("main form .button-primary").click();
  await page.locator("main form .button-primary").click();
  await expect(page).toHaveURL(/\/report\/done\//);
  return page.url().split("/").at(-1);
}

/** Of every row: the whole seconds that it shows and those that are left by the server's time, read in one breath. */
async function restsNow(page) {
  return await page.evaluate(async () => {
    const home = await (await fetch("/api/v1/home")).json();
    return [...document.querySelectorAll(".clocks > li")].map((row) => {
      const link = row.querySelector("a").getAttribute("href");
      const title = row.querySelector(".clock-title").textContent.trim();
      const clock = home.clocks.find((c) => link.endsWith(c.report) && title === `${c.title} ${c.stage}`.trim());
      const text = row.querySelector(".clock-rest").textContent;
      const [, hours, minutes, seconds] = /(\d+):(\d\d):(\d\d)/.exec(text) ?? [];
      if (hours === undefined) return { title, text, found: clock !== undefined };
      const shown = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
      const left = Math.floor(Math.abs(Date.parse(clock.raw) - Date.parse(home.now)) / 1000);
      return { title, text, found: true, off: shown - left };
    });
  });
}

async function expectAtAGlance(page) {
  const rows = page.locator(".clocks > li:visible");
  await expect(rows.first()).toBeVisible();
  for (const row of await rows.all()) {
    const box = await row.boundingBox();
    expect.soft(box.y + box.height, await row.innerText()).toBeLessThanOrEqual(fold);
    const state = await row.locator(".clock-state").innerText();
    expect.soft(words.some((word) => state.includes(word)), state).toBe(true);
  }
  const rests = await restsNow(page);
  for (const { title, found, off } of rests) {
    expect.soft(found, title).toBe(true);
    if (off !== undefined) expect.soft(Math.abs(off), title).toBeLessThanOrEqual(1);
  }
  expect(rests.some(({ off }) => off !== undefined)).toBe(true);
}

test("clocks are seen at once and right to the second", async ({ as }) => {
  const writer = await as("member_a_soc", { javaScriptEnabled: false });
  const id = await fileOutage(writer);
  const page = await as("member_a_soc", { viewport: { width: 1280, height: fold } });
  await page.clock.install({ time: new Date(Date.now() - 3 * 3600_000) });
  await page.goto("/");
  await expectAtAGlance(page);
  await page.goto(`/reports/${id}`);
  await expectAtAGlance(page);
});

test("the delivery table says what was recorded", async ({ as, server }) => {
  const page = await as("member_a_soc", { javaScriptEnabled: false });
  const { id } = await fileReport(page);
  const desk = await page.request.get(`${server.url}/api/v1/reports/${id}`, {
    headers: { Authorization: `Bearer ${server.accounts.analyst1.api_token}` },
  });
  expect(desk.status()).toBe(200);
  await page.goto(`/reports/${id}/recipients`);
  const readers = (await readApi(page, server, `/api/v1/reports/${id}/readers`)).items;
  const table = await readApi(page, server, `/api/v1/reports/${id}/deliveries`);
  for (const { name, deliveries } of table.items) {
    const row = page.locator("main table tbody tr", { hasText: name });
    const seen = readers.filter(({ org }) => org.name === name);
    expect.soft(deliveries[0].state, name).toBe(seen.length > 0 ? "shown" : "arrived");
    if (seen.length > 0) expect.soft(deliveries[0].at).toBe(seen.map(({ first_at }) => first_at).sort()[0]);
    await expect.soft(row).toContainText(seen.length > 0 ? "表示" : "届いた");
  }
  expect(table.items.some(({ deliveries }) => deliveries[0].state === "shown")).toBe(true);
});

test("the watch is taken over in two clicks", async ({ as }) => {
  const page = await as("member_a_soc");
  await page.goto("/");
  await page.getByRole("link", { name: "引き継ぎ" }).click();
  await page.getByRole("button", { name: "自分が引き継ぐ" }).click();
  await expect(page.locator("main")).toContainText("当番: 佐藤");
});

test("each answer says who will see it, and every recipient's eyes can be borrowed before sending", async ({ as }) => {
  const page = await as("member_a_soc", { javaScriptEnabled: false });
  await page.goto("/report");
  await page.locator("#noticed").fill("いま");
  await page.locator("#summary").fill("変電所が止まった");
  await page.locator("#report-form details summary").first().click();
  await page.locator("#lost_kw").fill("120000");
  await page.locator("#minutes").fill("25");
  await page.locator("main form .button-primary").click();
  await expect(page.locator(".summary-list div", { hasText: "120000" })).toContainText("見る相手: ");
  await page.locator('button[name="recipient"][value="meti"]').click();
  await expect(page.locator("main")).toContainText("の目で見ています");
  await expect(page.locator("main")).toContainText("120,000 kW");
  await page.getByRole("button", { name: "送る前の確認へ戻る" }).click();
  await expect(page.locator("h1")).toHaveText("送る前の確認");
  await expect(page.locator("main")).toContainText("変電所が止まった");
});
