// E14: said once. What the first report says stands in every form it leads to, no form asks for a fact again; what was
// handed in stays as it was, and one changed fact shows where it is wrong now. Without JavaScript.
import { fileReport, story } from "../support/report.mjs";
import { expect, test } from "../support/sector.mjs";

const asked = ["addressee", "at", "channel", "who"]; // about the handing in, never about the incident

async function namesAsked(page) {
  const names = await page.locator("main :is(input, select, textarea):not([type=hidden])").evaluateAll((fields) => fields.map(({ name }) => name));
  return [...new Set(names)].sort();
}

test("what was said once stands in every form", async ({ as }) => {
  const page = await as("member_a_soc", { javaScriptEnabled: false });
  const { number } = await fileReport(page);
  await page.getByRole("link", { name: "届出の様式に今の内容を入れて見る" }).click();
  const forms = await page.locator(".rows .row-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(forms.length).toBeGreaterThan(3);
  for (const form of forms) {
    await page.goto(form);
    await expect.soft(page.locator(".print-marking"), form).toContainText(number);
    await expect.soft(page.locator("main"), form).toContainText(story.summary);
    expect.soft((await namesAsked(page)).filter((name) => !asked.includes(name)), form).toEqual([]);
  }
});

test("handed in, confirmed, stale by one fact, corrected", async ({ as, server }) => {
  const page = await as("member_a_soc", { javaScriptEnabled: false });
  const { id } = await fileReport(page);
  await page.goto(`/reports/${id}/forms`);
  await page.locator(".rows .row-link").first().click();
  await page.getByLabel("方法").selectOption("phone");
  await page.getByRole("button", { name: "提出を記録する" }).click();
  await expect(page.locator("h1")).toHaveText("提出の記録");
  await page.getByText("受領の確認を記録する").click();
  await page.getByLabel("相手の担当者").fill("電力安全課 山田");
  await page.getByRole("button", { name: "受領を記録する" }).click();
  await expect(page.locator("main")).toContainText("電力安全課 山田 が");

  const { status } = await page.request.post(`${server.url}/api/v1/reports/${id}/versions`, {
    headers: { Authorization: `Bearer ${server.accounts.member_a_soc.api_token}` },
    data: { based_on: 1, kind: "incident", scope: "members_anonymously", technical_preconsent: true, summary: "変電所ではなく制御所だった。", facts: {} },
  }).then(async (answer) => ({ status: answer.status() }));
  expect(status).toBe(201);
  await page.reload();
  await expect(page.locator(".notice-warn")).toContainText("変電所ではなく制御所だった。");
  await page.locator("main .card h2 a").first().click();
  await expect(page.locator("main")).toContainText(story.summary);
  await expect(page.locator("main")).not.toContainText("変電所ではなく制御所だった。");
  await page.goBack();
  await page.getByRole("link", { name: "訂正の様式を見る" }).click();
  await expect(page.locator("main")).toContainText("訂正");
  await expect(page.locator("ins")).toHaveText("変電所ではなく制御所だった。");
});
