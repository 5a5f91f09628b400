// A near miss is filed in under a minute. The time is that of the keystroke-level model (Card, Moran, Newell 1980) over
// the acts that this walk does, so it is the same on every machine: 0.28 s a key, 1.1 s to point, 0.4 s from keyboard to
// mouse, 1.35 s to think before each part; and the pages' words are read at 500 characters a minute for what is new.
import { expect, test } from "../support/sector.mjs";

const seconds = { key: 0.28, point: 1.1, home: 0.4, think: 1.35 };
const keysOfACharacter = 2.5; // kana typed as Latin letters, then converted
const words = "不審なメールの添付を開く前に気づき、削除した。";

class Hand {
  #page;
  #spent = 0;
  constructor(page) {
    this.#page = page;
  }
  get spent() {
    return this.#spent;
  }
  read(text) {
    this.#spent += (text.length / 500) * 60;
  }
  async press(locator) {
    this.#spent += seconds.think + seconds.home + seconds.point;
    await locator.click();
  }
  async write(locator, text) {
    await this.press(locator);
    this.#spent += seconds.home + text.length * keysOfACharacter * seconds.key;
    await this.#page.keyboard.type(text);
  }
}

test("a near miss is filed in under a minute", async ({ as }) => {
  const page = await as("member_a_soc", { javaScriptEnabled: false });
  await page.goto("/");
  const hand = new Hand(page);
  await page.goto("/report");
  await hand.press(page.locator('button[name="switch"]'));
  hand.read(await page.locator("main .notice").first().innerText());
  await hand.write(page.locator("#summary"), words);
  await hand.press(page.locator("main form .button-primary"));
  hand.read(await page.locator("main .lead").innerText());
  hand.read(words);
  await hand.press(page.locator("main form .button-primary"));
  await expect(page).toHaveURL(/\/report\/done\//);
  expect(hand.spent).toBeLessThan(60);
  test.info().annotations.push({ type: "keystroke-level model", description: `${hand.spent.toFixed(1)} s` });
});
