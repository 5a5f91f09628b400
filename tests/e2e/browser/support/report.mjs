// One first report, as a reporter types it.
import { expect } from "@playwright/test";

export const story = {
  summary: "みなと電力ネットワークの宮城県内の275kV変電所で、保守用端末から Kagari SCADA 4 への不正な遠隔接続を見つけた。",
  place: "宮城県内の変電所",
  contact: "内線 5501",
  indicators: "203[.]0[.]113[.]77\nhxxps://update-kagari[.]example/agent.bin",
};

/** Words that lead to the reporter: none of them may reach another member. */
export const canaries = ["みなと", "宮城", "佐藤", "5501"];

export async function fillReport(page) {
  await page.locator("#noticed").fill("いま");
  await page.locator("#summary").fill(story.summary);
  await page.locator("#place").fill(story.place);
  await page.locator('input[name="cyber"][value="yes"]').check();
  await page.locator("#contact").fill(story.contact);
  await page.locator('input[name="scope"][value="members_anonymously"]').check();
  await page.locator("#report-form details summary").click();
  await page.locator("#indicators").fill(story.indicators);
  await page.locator('input[name="preconsent"]').check();
}

/** Writes, checks and sends; the page then shows the receipt. Returns the report's number and id. */
export async function fileReport(page) {
  await page.goto("/report");
  await fillReport(page);
  await page.locator("main form .button-primary").click();
  await expect(page.locator(".summary-list")).toContainText(story.summary);
  await page.locator("main form .button-primary").click();
  await expect(page).toHaveURL(/\/report\/done\//);
  return { number: (await page.locator(".receipt-number").innerText()).trim(), id: new URL(page.url()).pathname.split("/").at(-1) };
}
