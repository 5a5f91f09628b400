// Somebody without an account tells the secretariat what they noticed: by keyboard only, without JavaScript, within two
// minutes of the keystroke-level model (Card, Moran, Newell 1980: 0.28 s a key, 1.35 s to think before each part; words
// are read at 500 characters a minute). They come back with the code, and both sides talk. Every page of it in both
// languages, both themes and both widths.
import { expectAccessible, expectNoSidewaysScroll } from "../support/observed.mjs";
import { expect, proofOf, test } from "../support/sector.mjs";

const seconds = { key: 0.28, think: 1.35 };
const keysOfACharacter = 2.5; // kana typed as Latin letters, then converted
const words = "取引先の名前で変なメールがきた。開いていない。";

class Keyboard {
  #page;
  #spent = 0;
  constructor(page) {
    this.#page = page;
  }
  get spent() {
    return this.#spent;
  }
  read(text) {
    this.#spent += (text.replaceAll(/\s/g, "").length / 500) * 60;
  }
  async press(key) {
    this.#spent += seconds.key;
    await this.#page.keyboard.press(key);
  }
  /** From where the focus is, as often as it takes. */
  async tabTo(locator) {
    this.#spent += seconds.think;
    const isThere = () => locator.evaluate((element) => element === document.activeElement);
    for (let i = 0; i < 60; ++i) {
      if (await isThere()) return;
      await this.press("Tab");
    }
    throw new Error("The keyboard does not get there.");
  }
  async write(locator, text) {
    await this.tabTo(locator);
    this.#spent += text.length * keysOfACharacter * seconds.key;
    await this.#page.keyboard.type(text);
  }
  async choose(locator) {
    await this.tabTo(locator);
    await this.press("Space");
  }
  async go(locator) {
    await this.tabTo(locator);
    await this.press("Enter");
  }
}

const nextButton = (page) => page.locator("main form .button-primary");

/** What is new on a page of questions. */
async function question(page) {
  const parts = await page.locator("main h1, main legend, main .choice-text, main .field > label, main .hint").allInnerTexts();
  return parts.join("");
}

/** As it is written down. */
async function codeOn(page) {
  await expect(page.locator(".receipt-code > span")).toHaveCount(5); // a key pressed does not wait for its page
  return (await page.locator(".receipt-code > span").allInnerTexts()).join("-");
}

/** From the first page of かんたん画面 to the code. */
async function tell(page, hand) {
  await page.goto("/easy");
  hand.read(await page.locator(".easy-buttons").innerText());
  await hand.go(page.locator('a[href="/easy/report"]'));
  await expect(page.locator(".easy-progress")).toContainText("1 / 4");
  hand.read(await question(page));
  await hand.choose(page.locator('input[value="mail"]'));
  await hand.write(page.locator("#details"), words);
  await hand.go(nextButton(page));
  await expect(page.locator(".easy-progress")).toContainText("2 / 4");
  hand.read(await question(page));
  await hand.choose(page.locator('input[name="noticed"]').first());
  await hand.go(nextButton(page));
  await expect(page.locator(".easy-progress")).toContainText("3 / 4");
  hand.read(await question(page));
  await hand.go(page.getByRole("button", { name: "まだわからない" }));
  await expect(page.locator(".easy-progress")).toContainText("4 / 4");
  hand.read(await question(page));
  await hand.go(nextButton(page));
  await expect(page.locator("main h1")).toHaveText("送る前の確認");
  hand.read(await page.locator("main .summary-list").innerText());
  await hand.go(nextButton(page));
  return await codeOn(page);
}

async function comeBack(page, hand, code) {
  await page.goto("/r");
  await hand.tabTo(page.locator("#code"));
  await page.keyboard.type(code);
  await hand.press("Enter");
}

test("a supplier without an account tells, comes back and talks, by keyboard and without JavaScript", async ({ as, server }) => {
  const page = await as(undefined, { javaScriptEnabled: false });
  const hand = new Keyboard(page);
  const code = await tell(page, hand);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]$/);
  expect(hand.spent).toBeLessThan(120);
  test.info().annotations.push({ type: "keystroke-level model", description: `${hand.spent.toFixed(1)} s` });
  expect(page.url(), "nothing of it stands in the address").toBe(`${server.url}/easy/report`);
  expect(await page.context().cookies(), "and no cookie").toEqual([]);

  await comeBack(page, hand, code.toLowerCase());
  await expect(page.locator("main")).toContainText(words);
  await expect(page.locator("main")).toContainText("返事を待っています");

  const analyst = await as("analyst1");
  await analyst.goto("/unnamed");
  await analyst.locator(".rows .row-link").first().click();
  await analyst.locator("#text").fill("知らせてくれて助かります。開かずに、そのままにしてください。");
  await analyst.getByRole("button", { name: "返事を送る" }).click();
  await expect(analyst.locator(".talk-desk")).toContainText("開かずに");

  await comeBack(page, hand, code);
  await expect(page.locator(".talk-desk")).toContainText("開かずに");
  await hand.write(page.locator("#text"), "分かりました。");
  await hand.go(nextButton(page));
  await expect(page.locator(".talk-reporter")).toContainText("分かりました。");
  expect(page.url()).toBe(`${server.url}/r`);

  await analyst.reload();
  await expect(analyst.locator(".talk-reporter")).toContainText("分かりました。");
});

test("a code that is mistyped is told from one that opens nothing", async ({ as }) => {
  const page = await as(undefined, { javaScriptEnabled: false });
  const hand = new Keyboard(page);
  await comeBack(page, hand, "0000-0000-0000-0000-0");
  await expect(page.locator(".error-summary")).toContainText("見つかりません");
  await comeBack(page, hand, "1000-0000-0000-0000-0");
  await expect(page.locator(".error-summary")).toContainText("打ちまちがい");
});

test("a signed-in supplier sends the same answers as its organisation", async ({ as }) => {
  const page = await as("sme", { javaScriptEnabled: false });
  await page.goto("/easy/report");
  await page.locator("#details").fill("制御盤の画面が変わった。");
  await nextButton(page).click();
  await nextButton(page).click();
  await nextButton(page).click();
  await nextButton(page).click();
  await expect(page.locator('input[name="as"][value="org"]')).toBeChecked();
  await nextButton(page).click();
  await expect(page.locator(".receipt-code")).toContainText(/NR-\d{4}-/);
});

test("who the reporter is opens to two people, and the reporter sees it", async ({ as, server }) => {
  const page = await as(undefined, { javaScriptEnabled: false });
  await page.goto("/easy/report");
  await page.locator("#details").fill("名前を残す報告です。");
  for (let i = 0; i < 4; ++i) await nextButton(page).click();
  await page.locator(".easy-identity summary").click();
  await page.locator("#name").fill("山本 花");
  await page.locator("#contact").fill("090-0000-0000");
  await nextButton(page).click();
  const code = await codeOn(page);

  const first = await as("analyst1");
  await first.goto("/unnamed");
  await first.locator(".rows .row-link").first().click();
  await expect(first.locator("main")).not.toContainText("山本 花");
  await first.getByText("封を開くことを提案する").click();
  await first.locator("#reason").fill("本人に危険が及ぶおそれ");
  await first.locator('form[action$="/identity"] input[name^="step_up"]').first().fill(proofOf(server.accounts.analyst1));
  await first.getByRole("button", { name: "提案する" }).click();
  await expect(first.locator("main")).toContainText("開く提案");

  const second = await as("analyst2");
  await second.goto(first.url());
  await second.locator('form[action$="/agree"] input[name^="step_up"]').first().fill(proofOf(server.accounts.analyst2));
  await second.getByRole("button", { name: "同意して開く" }).click();
  await expect(second.locator("main")).toContainText("090-0000-0000");

  await page.goto("/r");
  await page.locator("#code").fill(code);
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toContainText("事務局の 2 人が");
});

const appearances = [
  { language: "ja", colorScheme: "light", width: 1280 },
  { language: "ja", colorScheme: "dark", width: 320 },
  { language: "en", colorScheme: "light", width: 320 },
  { language: "en", colorScheme: "dark", width: 1280 },
];

async function look(page, name, appearance) {
  await expect(page.locator("html")).toHaveAttribute("lang", appearance.language);
  await expect(page.locator("h1")).toHaveCount(1);
  await page.waitForLoadState("load");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const folder = process.env.HINOMI_PICTURES;
  const { language, colorScheme, width } = appearance;
  if (folder) await page.screenshot({ path: `${folder}/unnamed-${name}-${language}-${colorScheme}-${width}.png`, fullPage: true });
}

test("its pages are accessible in every appearance", async ({ as, server }) => {
  test.setTimeout(240_000);
  for (const appearance of appearances) {
    const { language, colorScheme, width } = appearance;
    const options = { colorScheme, viewport: { width, height: 900 } };
    const page = await as(undefined, options);
    await page.context().addCookies([{ name: "hinomi_lang", value: language, url: server.url }]);
    await page.goto("/easy");
    await look(page, "easy", appearance);
    await page.goto("/easy/report");
    await look(page, "question1", appearance);
    await page.locator("#details").fill(words);
    for (const number of [2, 3, 4]) {
      await nextButton(page).click();
      await look(page, `question${number}`, appearance);
    }
    await nextButton(page).click();
    await page.locator(".easy-identity summary").click();
    await look(page, "check", appearance);
    await page.locator("#name").fill("山本 花");
    await nextButton(page).click();
    await look(page, "sent", appearance);
    const code = await codeOn(page);
    await page.goto("/r");
    await look(page, "receipt", appearance);

    const analyst = await as("analyst1", options);
    await analyst.context().addCookies([{ name: "hinomi_lang", value: language, url: server.url }]);
    await analyst.goto("/unnamed");
    await look(analyst, "list", appearance);
    await analyst.locator(".rows .row-link").first().click();
    await analyst.locator("#text").fill("ありがとうございます。開かずに、電話をください。");
    await analyst.locator('form[action$="/answer"] button').click();
    await look(analyst, "desk", appearance);

    await page.locator("#code").fill(code);
    await page.locator("main form .button-primary").click();
    await look(page, "talk", appearance);
  }
});
