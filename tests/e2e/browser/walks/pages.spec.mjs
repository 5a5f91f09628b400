// Every page in both languages, both themes and both widths: no finding of axe, no sideways scroll. With
// HINOMI_PICTURES=FOLDER each is also kept as a picture, for people to look at.
import { expectAccessible, expectNoSidewaysScroll } from "../support/observed.mjs";
import { fileReport } from "../support/report.mjs";
import { expect, test } from "../support/sector.mjs";

const appearances = [
  { language: "ja", colorScheme: "light", width: 1280 },
  { language: "ja", colorScheme: "dark", width: 320 },
  { language: "en", colorScheme: "light", width: 320 },
  { language: "en", colorScheme: "dark", width: 1280 },
];

async function keepPicture(page, name) {
  const folder = process.env.HINOMI_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

// The pages that one person sees, by name.
async function look({ as, server }, key, pages, appearance) {
  const { language, colorScheme, width } = appearance;
  const page = await as(key, { colorScheme, viewport: { width, height: 900 } });
  await page.context().addCookies([{ name: "hinomi_lang", value: language, url: server.url }]);
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.locator("h1")).toHaveCount(1);
    await page.waitForLoadState("load");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await keepPicture(page, `${name}-${language}-${colorScheme}-${width}`);
  }
}

// A form that was handed in, and a version since that it does not show: the paths of both.
async function handIn(page, server, id) {
  await page.goto(`/reports/${id}/forms`);
  await page.locator(".rows .row-link").first().click();
  const form = page.url().slice(server.url.length);
  await page.getByRole("button", { name: "提出を記録する" }).click();
  const answer = await page.request.post(`${server.url}/api/v1/reports/${id}/versions`, {
    headers: { Authorization: `Bearer ${server.accounts.member_a_soc.api_token}` },
    data: { based_on: 1, kind: "incident", scope: "members_anonymously", technical_preconsent: true, summary: "変電所ではなく制御所だった。", facts: {} },
  });
  expect(answer.status()).toBe(201);
  await page.reload();
  return { form, supplement: await page.getByRole("link", { name: "訂正の様式を見る" }).getAttribute("href") };
}

test("pages are accessible in every appearance", async ({ as, server }) => {
  test.setTimeout(240_000);
  const reporter = await as("member_a_soc");
  const { id } = await fileReport(reporter);
  const handed = await handIn(reporter, server, id);
  const analyst = await as("analyst1");
  await analyst.goto(`/reports/${id}`);
  await analyst.getByRole("button", { name: "共有の準備を始める" }).click();
  await expect(analyst).toHaveURL(/\/share\/.*\/review$/);
  const desk = new URL(analyst.url()).pathname;
  for (const appearance of appearances) {
    await look({ as, server }, undefined, { login: "/login" }, appearance);
    await look({ as, server }, "member_a_soc", { home: "/", report: "/report", receipt: `/report/done/${id}`, reports: "/reports", detail: `/reports/${id}`,
      print: `/reports/${id}/print`, forms: `/reports/${id}/forms`, form: handed.form, submissions: `/reports/${id}/submissions`, supplement: handed.supplement, releases: "/releases", account: "/account", nothing: "/releases/5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c" }, appearance);
    await look({ as, server }, "analyst1", { inbox: "/inbox", desk }, appearance);
  }
});
