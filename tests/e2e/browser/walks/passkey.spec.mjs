// A passkey from nothing to a sign-in, with the virtual authenticator of the browser: made on the account page, used on the
// sign-in page without a name or a password, refused when its user did not prove who they are.
import { expect, test } from "../support/sector.mjs";

async function authenticator(page, isUserVerified) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified },
  });
  return { session, authenticatorId };
}

test("a passkey is added and then signs in by itself", async ({ as, server }) => {
  const page = await as("member_c_soc");
  const { session, authenticatorId } = await authenticator(page, true);
  await page.goto("/account");
  const form = page.locator('[data-passkey-form="add"]');
  await form.locator('[name="passkey_name"]').fill("職場の端末");
  await form.locator('[name="step_up_password"]').fill(server.accounts.member_c_soc.password);
  await form.locator("button").click();
  await expect(page.locator("#passkeys")).toContainText("職場の端末");

  await page.context().clearCookies();
  await page.goto("/login?next=%2Freports");
  await page.getByRole("button", { name: "パスキーでログイン" }).click();
  await expect(page).toHaveURL(/\/reports$/);
  await expect(page.locator("header")).toContainText("中村 みのり");

  // The authenticator lets somebody touch it who did not prove who they are.
  await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByRole("button", { name: "パスキーでログイン" }).click();
  await expect(page.locator("[data-passkey-error]")).toBeVisible();
  await expect(page).toHaveURL(/\/login(\?|$)/); // the page that was open may have asked to come back
});

test("without a script the passkey forms stay away and the password works", async ({ as }) => {
  const page = await as(undefined, { javaScriptEnabled: false });
  await page.goto("/login");
  await expect(page.locator("[data-passkey-form]")).toBeHidden();
  await expect(page.locator("#password")).toBeVisible();
});
