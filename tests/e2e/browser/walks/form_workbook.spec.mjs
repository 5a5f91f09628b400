// A form goes out as a workbook and comes back, without JavaScript: an untouched one changes nothing, and what is no
// workbook of ours is explained on the page.
import { fileReport } from "../support/report.mjs";
import { expect, test } from "../support/sector.mjs";

test("an untouched workbook changes nothing, and another file is explained", async ({ as, server }) => {
  const page = await as("member_a_soc", { javaScriptEnabled: false });
  const { id } = await fileReport(page);
  await page.goto(`/reports/${id}/forms`);
  await page.locator(".rows .row-link").first().click();
  const href = await page.getByRole("link", { name: "XLSX" }).getAttribute("href");
  const workbook = await page.request.get(server.url + href);
  expect(workbook.headers()["content-disposition"]).toContain("attachment");

  await page.goto(`/reports/${id}/forms`);
  await page.getByRole("link", { name: "書き込んだ XLSX を読み込む" }).click();
  await page.getByLabel("ファイル").setInputFiles({ name: "form.xlsx", mimeType: "application/octet-stream", buffer: await workbook.body() });
  await page.getByRole("button", { name: "読み込む" }).click();
  await expect(page.locator("main")).toContainText("変わる項目はありません");
  await expect(page.getByRole("button", { name: "次の版として登録する" })).toHaveCount(0);

  await page.getByRole("link", { name: "別のファイルを読み込む" }).click();
  await page.getByLabel("ファイル").setInputFiles({ name: "x.xlsx", mimeType: "application/octet-stream", buffer: Buffer.from("no workbook") });
  await page.getByRole("button", { name: "読み込む" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
});
