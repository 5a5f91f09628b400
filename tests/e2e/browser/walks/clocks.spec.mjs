// E5: deliveries at a glance, and a watch that is taken over in two clicks.
import { fileReport } from "../support/report.mjs";
import { expect, test } from "../support/sector.mjs";

async function readApi(page, server, path) {
  const answer = await page.request.get(`${server.url}${path}`, {
    headers: { Authorization: `Bearer ${server.accounts.member_a_soc.api_token}` },
  });
  expect(answer.status(), path).toBe(200);
  return await answer.json();
}

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
  await page.locator("details summary").first().click();
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
