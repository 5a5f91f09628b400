// 下書き: nobody loses what they type. The browser is killed, the line breaks, the session ends, two windows disagree, an
// IME composes, the language changes; each time the text is there, and one report is filed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "../support/observed.mjs";
import { expect, fillSignIn, test } from "../support/sector.mjs";

const text = "02:05 監視員が HMI に当直以外のログオンを発見。画面操作の履歴あり。";
const status = (page) => page.locator("[data-draft-status]");
const main = (page) => page.locator("main form .button-primary");

async function api(server, method, route, data) {
  const answer = await fetch(`${server.url}${route}`, {
    method,
    headers: { Authorization: `Bearer ${server.accounts.member_a_soc.api_token}`, "Content-Type": "application/json" },
    body: data && JSON.stringify(data),
  });
  return answer.status === 204 ? undefined : await answer.json();
}
const reportsOf = async (server, words) =>
  (await api(server, "GET", "/api/v1/reports")).items.filter((report) => report.title.includes(words));

// Other walks begin with no drafts.
test.afterEach(async ({ server }) => {
  for (const { id } of (await api(server, "GET", "/api/v1/drafts")).items) await api(server, "DELETE", `/api/v1/drafts/${id}`);
});

async function keepPicture(page, name) {
  const folder = process.env.HINOMI_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

// A browser of its own process and profile, which can be killed as a power cut does it.
async function startBrowser(profile) {
  const child = spawn(
    process.env.CHROMIUM ?? "/usr/bin/chromium",
    ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", `--user-data-dir=${profile}`,
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--accept-lang=ja-JP", "about:blank"],
    { detached: true, stdio: "ignore" },
  );
  const file = path.join(profile, "DevToolsActivePort");
  for (let tries = 0; ; ++tries) {
    const [port, socket] = (await readFile(file, "utf8").catch(() => "")).split("\n");
    if (socket) {
      const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${socket}`);
      const kill = async () => {
        const gone = once(child, "exit");
        process.kill(-child.pid, "SIGKILL");
        await gone;
        await rm(file, { force: true });
      };
      return { page: await browser.contexts()[0].newPage(), kill };
    }
    if (tries > 200) throw new Error("The browser did not start.");
    await pause(50);
  }
}

async function openForm(page, server, address) {
  await page.goto(address);
  if (page.url().includes("/login")) await fillSignIn(page, server.accounts.member_a_soc);
  await expect(page.locator("#summary")).toBeVisible();
  await page.waitForLoadState("load");
}

test("a browser that is killed 300 ms after typing has the text when it opens again", async ({ server }) => {
  const profile = await mkdtemp(path.join(tmpdir(), "hinomi-profile-"));
  let browser = await startBrowser(profile);
  try {
    await openForm(browser.page, server, `${server.url}/report`);
    await browser.page.context().setOffline(true); // so that only this device can have it
    await browser.page.locator("#summary").pressSequentially("killed: ");
    await browser.page.keyboard.insertText(text);
    await pause(300);
    const address = browser.page.url();
    expect(address).toContain("/report?draft=");
    await browser.kill();
    browser = await startBrowser(profile);
    await openForm(browser.page, server, address);
    await expect(browser.page.locator("#summary")).toHaveValue(`killed: ${text}`);
    await expect(status(browser.page)).toContainText("(端末とサーバー)");
  } finally {
    await browser.kill();
    await rm(profile, { recursive: true, force: true });
  }
});

test("what was typed before the script came is kept too", async ({ as, server }) => {
  const page = await as("member_a_soc");
  let deliver;
  const delivered = new Promise((resolve) => (deliver = resolve));
  await page.route("**/assets/draft-*.js", async (route) => {
    await delivered;
    await route.continue();
  });
  await page.goto("/report", { waitUntil: "commit" });
  await page.locator("#summary").fill("typed early");
  deliver();
  await expect(status(page)).toContainText("(端末とサーバー)");
  const { items } = await api(server, "GET", "/api/v1/drafts");
  expect(items.map(({ title }) => title)).toContain("typed early");
});

test("each saving says where the text is, and the list leads back to it", async ({ as, server }) => {
  const page = await as("member_a_soc");
  await page.goto("/report");
  await page.locator("#summary").fill("listed: HMI 不審ログオン");
  await expect(status(page)).toContainText(/下書きを保存しました \d\d:\d\d:\d\d \(端末とサーバー\)/);
  await page.goto("/");
  const card = page.getByRole("region", { name: "書きかけの下書き" });
  await expect(card).toContainText("listed: HMI 不審ログオン");
  await card.getByRole("link", { name: /listed/ }).click();
  await expect(page.locator("#summary")).toHaveValue("listed: HMI 不審ログオン");
  await page.goto("/report");
  await page.getByRole("button", { name: "削除: listed: HMI 不審ログオン" }).click();
  await expect(page).toHaveURL(/\/report$/);
  expect((await api(server, "GET", "/api/v1/drafts")).items.filter((draft) => draft.title.includes("listed"))).toEqual([]);
});

// The browser's own words about a line that the walk has cut.
const cut = (browser) => browser.newContext({ locale: "ja-JP" });

test("a line that is lost at sending costs nothing, and one report is filed", async ({ browser, server }) => {
  const context = await cut(browser);
  const page = await context.newPage();
  await openForm(page, server, `${server.url}/report`);
  await page.locator("#noticed").fill("2026-11-22 02:05");
  await page.locator("#summary").fill(`offline: ${text}`);
  await context.setOffline(true);
  await main(page).click();
  await expect(page.locator('[data-draft-message="offline"]')).toBeVisible();
  await expect(status(page)).toContainText("端末だけに保存しました");
  await keepPicture(page, "draft-offline-ja-light-1280");
  await context.setOffline(false);
  await main(page).click();
  await expect(page.locator("h1")).toHaveText("送る前の確認");

  await context.setOffline(true);
  await main(page).click();
  await expect(page.locator('[data-draft-message="offline"]')).toBeVisible();
  expect(await reportsOf(server, "offline:")).toHaveLength(0);
  await context.setOffline(false);
  await main(page).dblclick();
  await expect(page.locator("h1")).toHaveText("受け付けました");
  expect(await reportsOf(server, "offline:")).toHaveLength(1);
  expect((await api(server, "GET", "/api/v1/drafts")).items.filter(({ title }) => title.startsWith("offline:"))).toEqual([]);
  await expect.poll(() => page.evaluate(copiesOnThisDevice)).toEqual([]);
  await context.close();
});

// Names of the copies in this browser.
function copiesOnThisDevice() {
  return new Promise((resolve) => {
    const opened = indexedDB.open("hinomi-drafts", 1);
    opened.onsuccess = () => {
      const database = opened.result;
      if (!database.objectStoreNames.contains("copies")) return resolve([]);
      const asked = database.transaction("copies").objectStore("copies").getAllKeys();
      asked.onsuccess = () => {
        database.close();
        resolve(asked.result);
      };
    };
  });
}

// Everything that this browser has kept, as bytes that somebody with its disk could read.
function keptText() {
  return new Promise((resolve) => {
    const opened = indexedDB.open("hinomi-drafts", 1);
    opened.onsuccess = () => {
      const asked = opened.result.transaction("copies").objectStore("copies").getAll();
      asked.onsuccess = () => {
        opened.result.close();
        resolve(asked.result.map(({ text }) => new TextDecoder().decode(text)).join());
      };
    };
  });
}

test("a session that ends while typing: sign in again, and the text is there", async ({ browser, server }) => {
  const context = await cut(browser);
  const page = await context.newPage();
  await openForm(page, server, `${server.url}/report`);
  await page.locator("#place").fill("南変電所");
  await expect(status(page)).toContainText("(端末とサーバー)");
  await context.clearCookies();
  await page.locator("#summary").fill(`signed out: ${text}`);
  await expect(page.locator('[data-draft-message="signed_out"]')).toBeVisible();
  await keepPicture(page, "draft-signed-out-ja-light-1280");
  expect(await page.evaluate(keptText)).not.toContain("signed out");
  await page.getByRole("link", { name: "ログインして続ける" }).click();
  await fillSignIn(page, server.accounts.member_a_soc);
  await expect(page.locator("#summary")).toHaveValue(`signed out: ${text}`);
  await expect(page.locator("#place")).toHaveValue("南変電所");
  await expect(status(page)).toContainText("(端末とサーバー)");

  await page.getByRole("button", { name: "ログアウト" }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect.poll(() => page.evaluate(copiesOnThisDevice)).toEqual([]);
  await context.close();
});

test("another person of the same browser reads nothing of it", async ({ browser, server }) => {
  const context = await cut(browser);
  const page = await context.newPage();
  await openForm(page, server, `${server.url}/report`);
  await page.locator("#summary").fill("of the first person");
  await expect(status(page)).toContainText("(端末とサーバー)");
  const address = page.url();
  await context.clearCookies();
  await page.goto(address);
  await fillSignIn(page, server.accounts.member_b_soc);
  await expect(page.locator("#summary")).toHaveValue("");
  await expect(page.locator("[data-drafts]")).toBeHidden();
  await context.close();
});

test("two windows: the later one sees both texts, and neither is lost", async ({ browser, server }) => {
  const context = await cut(browser);
  const first = await context.newPage();
  await openForm(first, server, `${server.url}/report`);
  await first.locator("#summary").fill("two windows: begun");
  await expect(status(first)).toContainText("(端末とサーバー)");
  const second = await context.newPage();
  await second.goto(first.url());
  await second.locator("#summary").fill("two windows: from the second");
  await expect(status(second)).toContainText("(端末とサーバー)");
  await first.locator("#summary").fill("two windows: from the first");
  await expect(first.locator('[data-draft-message="moved_on"]')).toBeVisible();
  await first.getByRole("button", { name: "違いを見る" }).click();
  await expect(first.locator("#summary")).toHaveValue("two windows: from the first");
  await expect(first.locator(".draft-other")).toContainText("two windows: from the second");
  await expectAccessible(first);
  await keepPicture(first, "draft-two-windows-ja-light-1280");
  await first.locator("#summary").fill("two windows: from both");
  await expect(status(first)).toContainText("(端末とサーバー)");
  const [draft] = (await api(server, "GET", "/api/v1/drafts")).items.filter(({ title }) => title.startsWith("two windows"));
  expect(draft.title).toBe("two windows: from both");
  await context.close();
});

test("while an IME composes, Enter does nothing; what it composed is in the draft", async ({ as, server }) => {
  const page = await as("member_a_soc");
  await page.goto("/report");
  await page.locator("#summary").fill("ime: ");
  await page.locator("#place").focus();
  const keyboard = await page.context().newCDPSession(page);
  const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 };
  await keyboard.send("Input.imeSetComposition", { text: "みなみへんでん", selectionStart: 7, selectionEnd: 7 });
  await keyboard.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
  await keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
  for (const key of ["1", "j"]) await keyboard.send("Input.imeSetComposition", { text: `みなみへんでん${key}`, selectionStart: 8, selectionEnd: 8 });
  await page.evaluate(() => document.querySelector("#place").form.requestSubmit());
  await expect(page).toHaveURL(/\/report\?draft=/);
  await keyboard.send("Input.imeSetComposition", { text: "南変電所", selectionStart: 4, selectionEnd: 4 });
  await keyboard.send("Input.insertText", { text: "南変電所" });
  await expect(page.locator("#place")).toHaveValue("南変電所");
  const id = new URL(page.url()).searchParams.get("draft");
  await expect.poll(async () => (await api(server, "GET", `/api/v1/drafts/${id}`)).fields?.place).toBe("南変電所");
  await page.locator("#place").press("Enter");
  await expect(page.locator(".error-summary, .summary-list").first()).toBeVisible(); // an Enter that is none of the IME's sends
});

test("another language keeps the address and the text, with and without script", async ({ as }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await as("member_a_soc", { javaScriptEnabled });
    await page.goto("/report");
    await page.locator("#noticed").fill("2026-11-22 02:05");
    await page.locator("#summary").fill(`language: ${text}`);
    if (javaScriptEnabled) await expect(status(page)).toContainText("(端末とサーバー)");
    const before = page.url();
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.locator("#summary")).toHaveValue(`language: ${text}`);
    if (javaScriptEnabled) expect(page.url()).toBe(before);
    await main(page).click();
    await expect(page.locator(".summary-list")).toContainText("language:");
    await page.getByRole("button", { name: "日本語" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "ja");
    await expect(page.locator(".summary-list")).toContainText("language:");
    await page.getByRole("button", { name: "書き直す" }).click();
    await expect(page.locator("#summary")).toHaveValue(`language: ${text}`);
  }
});

test("where the browser keeps nothing, the server alone does, and the page says so", async ({ as }) => {
  const page = await as("member_a_soc");
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { get: () => undefined }));
  await page.goto("/report");
  await page.locator("#summary").fill("no copy on the device");
  await expect(status(page)).toContainText("サーバーだけ");
});

test("two minutes before the session ends the page says so, and Esc keeps it", async ({ as }) => {
  const page = await as("member_a_soc");
  await page.clock.install();
  await page.goto("/report");
  await page.locator("#summary").fill("time runs");
  await expect(status(page)).toContainText("(端末とサーバー)");
  await page.clock.fastForward("56:30");
  await expect(page.locator('[data-draft-message="ending"]')).toBeHidden();
  await page.clock.fastForward("00:40");
  await expect(page.locator('[data-draft-message="ending"]')).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "draft-ending-ja-light-1280");
  await page.keyboard.press("Escape");
  await expect(page.locator('[data-draft-message="ending"]')).toBeHidden();
  await page.clock.fastForward("57:10");
  await page.getByRole("button", { name: "ログインしたまま続ける" }).press("Enter");
  await expect(page.locator('[data-draft-message="ending"]')).toBeHidden();
});

test("drafts without script: save, list, continue, delete, in both languages and at 320 px", async ({ as, server }) => {
  for (const [language, colorScheme, width] of [["ja", "light", 1280], ["ja", "dark", 320], ["en", "light", 320], ["en", "dark", 1280]]) {
    const page = await as("member_a_soc", { javaScriptEnabled: false, colorScheme, viewport: { width, height: 900 } });
    await page.context().addCookies([{ name: "hinomi_lang", value: language, url: server.url }]);
    await page.goto("/report");
    await page.locator("#summary").fill(`plain ${language} ${width}: ${text}`);
    await page.locator('main form button[formaction="/report/drafts"]').click();
    await expect(page).toHaveURL(/\/report\?draft=/);
    await keepPicture(page, `draft-saved-${language}-${colorScheme}-${width}`);
    await page.goto("/report");
    const row = page.locator("[data-draft-row]", { hasText: `plain ${language} ${width}` });
    await expect(row).toBeVisible();
    await keepPicture(page, `draft-list-${language}-${colorScheme}-${width}`);
    await page.goto("/");
    await expect(page.locator("[data-draft-row]", { hasText: `plain ${language} ${width}` })).toBeVisible();
    await row.getByRole("link").click();
    await expect(page.locator("#summary")).toHaveValue(new RegExp(`^plain ${language} ${width}`));
    await page.goto("/report");
    await row.locator("form button").click();
    await expect(row).toHaveCount(0);
  }
});

test("pages with drafts are accessible in every appearance", async ({ as, server }) => {
  const id = crypto.randomUUID();
  await api(server, "PUT", `/api/v1/drafts/${id}`, { revision: 0, fields: { summary: "変電所 HMI 不審ログオン" } });
  for (const [language, colorScheme, width] of [["ja", "light", 1280], ["ja", "dark", 320], ["en", "light", 320], ["en", "dark", 1280]]) {
    const page = await as("member_a_soc", { colorScheme, viewport: { width, height: 900 } });
    await page.context().addCookies([{ name: "hinomi_lang", value: language, url: server.url }]);
    for (const [name, address] of [["report", "/report"], ["draft", `/report?draft=${id}`], ["home", "/"]]) {
      await page.goto(address);
      await expect(page.locator("main h1")).toBeVisible();
      if (name !== "draft") await expect(page.getByText("変電所 HMI 不審ログオン").first()).toBeVisible();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await keepPicture(page, `with-drafts-${name}-${language}-${colorScheme}-${width}`);
    }
  }
});

// Keystroke-level model (Card, Moran, Newell 1980) with the slow hand of somebody at two in the morning.
const seconds = { key: 0.5, point: 1.1, think: 1.35 };
const keysOfACharacter = 2.5; // kana typed as Latin letters, then converted

test("the first report takes less than three minutes, three screens and six answers", async ({ as }) => {
  const page = await as("member_a_soc");
  const story = "給電制御所の監視画面に当直以外の者がログオンし画面操作の履歴が残っている。切り離しを準備中。設備の停止はない。当直長と情報システム部門に連絡を済ませ状況を確認している。";
  expect(story.length).toBeGreaterThanOrEqual(80);
  let spent = 0;
  let screens = 0;
  let answers = 0;
  const act = async (locator) => {
    const begun = performance.now();
    spent += seconds.think + seconds.point;
    await locator.click();
    spent += (performance.now() - begun) / 1000;
  };
  const write = async (locator, words, keys) => {
    await act(locator);
    answers += 1;
    spent += words.length * keys * seconds.key;
    await page.keyboard.insertText(words);
  };
  page.on("domcontentloaded", () => {
    if (new URL(page.url()).pathname.startsWith("/report")) screens += 1;
  });
  await page.goto("/");
  await act(page.locator(".topbar-report, a[href='/report']").first());
  await expect(page.locator("#noticed")).toBeVisible();
  await write(page.locator("#noticed"), "2:05", 1);
  await write(page.locator("#summary"), story.slice(0, 80), keysOfACharacter);
  await act(main(page));
  await expect(page.locator("h1")).toHaveText("送る前の確認");
  await act(main(page));
  await expect(page.locator("h1")).toHaveText("受け付けました");
  expect(spent).toBeLessThanOrEqual(180);
  expect(screens).toBe(3);
  expect(answers).toBeLessThanOrEqual(6);
  test.info().annotations.push({ type: "keystroke-level model", description: `${spent.toFixed(1)} s, ${answers} answers` });
});
