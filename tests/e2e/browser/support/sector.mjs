// Test fixtures: one server per worker, and browser contexts signed in as the people of the demo sector.
import { test as base, expect } from "@playwright/test";
import { listenToPolicy, observe } from "./observed.mjs";
import { oneTimeCode } from "./one_time_code.mjs";
import { startServer } from "./server.mjs";

export { expect };

/** Types the credentials into the sign-in page that is open. */
export async function fillSignIn(page, account) {
  await page.locator("#login").fill(account.login);
  await page.locator("#password").fill(account.password);
  if (account.totp_secret) await page.locator("#totp").fill(oneTimeCode(account.totp_secret));
  await page.locator('main form[action="/login"] button').click();
}

/** What the person shows for one act in the dialog or form that is open: a code later than that of the sign-in. */
export function proofOf(account) {
  return account.totp_secret ? oneTimeCode(account.totp_secret, Date.now() + 30_000) : account.password;
}

async function signIn(browser, server, key) {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/login");
  await fillSignIn(page, server.accounts[key]);
  await page.waitForURL(`${server.url}/`);
  const state = await context.storageState();
  await context.close();
  return state;
}

export const test = base.extend({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the framework reads the pattern.
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  // Sessions by account: a person signs in once.
  sessions: [async ({ server: _ }, use) => use(new Map()), { scope: "worker" }],

  /** `await as("member_a_soc", { colorScheme: "dark" })`: a page of that person; no key: nobody signed in. */
  as: async ({ browser, server, sessions }, use) => {
    const opened = [];
    await use(async (key, options = {}) => {
      if (key !== undefined && !sessions.has(key)) sessions.set(key, await signIn(browser, server, key));
      const context = await browser.newContext({ baseURL: server.url, storageState: sessions.get(key), ...options });
      const faults = observe(context, server.url);
      if (options.javaScriptEnabled !== false) await listenToPolicy(context, faults);
      opened.push({ context, faults });
      return await context.newPage();
    });
    for (const { context, faults } of opened) {
      await context.close();
      expect.soft(faults, "policy violations, script faults and requests to elsewhere").toEqual([]);
    }
  },
});
