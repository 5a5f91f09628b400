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

test("pages are accessible in every appearance", async ({ as, server }) => {
  test.setTimeout(240_000);
  const reporter = await as("member_a_soc");
  const { id } = await fileReport(reporter);
  const analyst = await as("analyst1");
  await analyst.goto(`/reports/${id}`);
  await analyst.getByRole("button", { name: "共有の準備を始める" }).click();
  await expect(analyst).toHaveURL(/\/share\/.*\/review$/);
  const desk = new URL(analyst.url()).pathname;
  for (const appearance of appearances) {
    await look({ as, server }, undefined, { login: "/login" }, appearance);
    await look({ as, server }, "member_a_soc", { home: "/", report: "/report", receipt: `/report/done/${id}`, reports: "/reports", detail: `/reports/${id}`,
      print: `/reports/${id}/print`, releases: "/releases", account: "/account", nothing: "/releases/5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c" }, appearance);
    await look({ as, server }, "analyst1", { inbox: "/inbox", desk }, appearance);
  }
});
