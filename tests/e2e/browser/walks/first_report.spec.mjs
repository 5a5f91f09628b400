// 第一報: without JavaScript, and by keyboard alone.
import { expect, fillSignIn, test } from "../support/sector.mjs";
import { fillReport, story } from "../support/report.mjs";

test("without JavaScript: sign-in, first report, check, receipt, print", async ({ as, server }) => {
  const page = await as(undefined, { javaScriptEnabled: false });
  await page.goto("/report");
  await expect(page).toHaveURL(/\/login\?next=/);
  await fillSignIn(page, server.accounts.member_a_soc);
  await expect(page).toHaveURL(/\/report$/);

  await fillReport(page);
  await page.locator("main form .button-primary").click();
  await expect(page.locator("h1")).toHaveText("送る前の確認");
  const entered = page.locator(".summary-list");
  await expect(entered).toContainText(story.summary);
  await expect(entered).toContainText("203[.]0[.]113[.]77");

  await page.getByRole("button", { name: "書き直す" }).click();
  await expect(page.locator("#summary")).toHaveValue(story.summary);
  await expect(page.locator("#place")).toHaveValue(story.place);
  await page.locator("main form .button-primary").click();
  await page.getByRole("button", { name: "事務局に送る" }).click();

  await expect(page.locator("h1")).toHaveText("受け付けました");
  const number = (await page.locator(".receipt-number").innerText()).trim();
  expect(number).toMatch(/^[A-Z]+-\d{4}-[0-9A-Z]+$/);
  await expect(page.locator(".read-aloud")).toContainText(number);

  await page.getByRole("link", { name: "印刷用の控え" }).click();
  await expect(page.locator(".print-marking")).toContainText("TLP:");
  await expect(page.locator(".print-marking")).toContainText(number);
  await page.goto("/reports");
  await expect(page.locator(".rows")).toContainText(number);
});

test("what is wrong is said at the field, and nothing typed is lost", async ({ as }) => {
  const page = await as("member_a_soc", { javaScriptEnabled: false });
  await page.goto("/report");
  await page.locator("#noticed").fill("きのうの夕方ごろ");
  await page.locator("#contact").fill(story.contact);
  await page.locator("main form .button-primary").click();
  await expect(page.locator(".error-summary a")).toHaveCount(2);
  await expect(page.locator("#noticed")).toHaveValue("きのうの夕方ごろ");
  await expect(page.locator("#contact")).toHaveValue(story.contact);
  for (const link of await page.locator(".error-summary a").all()) {
    await expect(page.locator(await link.getAttribute("href"))).toBeVisible();
  }
});

test("the same sending twice files one report", async ({ as }) => {
  const page = await as("member_a_soc");
  await page.goto("/report");
  await fillReport(page);
  await page.locator("main form .button-primary").click();
  await expect(page.locator("h1")).toHaveText("送る前の確認");
  let lost;
  await page.route("**/report", async (route) => {
    lost = await route.fetch();  // arrives; its answer never reaches the page
    await route.continue();
  });
  await page.getByRole("button", { name: "事務局に送る" }).click();
  await expect(page.locator("h1")).toHaveText("受け付けました");
  expect(new URL(lost.url()).pathname).toBe(new URL(page.url()).pathname);
});

// The focused element, checked to be on the screen and not covered (WCAG 2.4.11).
async function focused(page) {
  return await page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    return { id: element.id, name: element.name ?? "", text: element.textContent.trim(), tag: element.tagName,
      isSeen: box.width > 0 && (top === element || element.contains(top) || (top?.contains(element) ?? false)) };
  });
}

async function tabTo(page, wanted) {
  for (let presses = 0; presses < 60; ++presses) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    expect(now.isSeen, `the focus on ${now.tag} ${now.id} ${now.name} ${now.text} is visible`).toBe(true);
    if (wanted(now)) return;
  }
  throw new Error("The keyboard does not reach it.");
}

test("by keyboard alone: first report and receipt", async ({ as }) => {
  const page = await as("member_a_soc");
  await page.goto("/");
  await expect(page.locator("main h1")).toBeVisible();
  await tabTo(page, ({ text }) => text === "報告する");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/report$/);

  await page.keyboard.press("Tab");
  expect((await focused(page)).text).toBe("本文へ進む");
  await page.keyboard.press("Enter");
  await tabTo(page, ({ id }) => id === "noticed");
  await page.keyboard.type("2026-11-22 02:05");
  await tabTo(page, ({ id }) => id === "summary");
  await page.keyboard.type("保守用の端末で見覚えのない接続があった。");
  await tabTo(page, ({ name }) => name === "cyber");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, ({ text }) => text === "確認へ進む");
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toHaveText("送る前の確認");
  await tabTo(page, ({ text }) => text === "事務局に送る");
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toHaveText("受け付けました");
});
