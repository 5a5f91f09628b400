// Signing in through a real OpenID provider, over public HTTP: bind, sign out, sign in, and what must be refused.
// HINOMI_BIN names the program.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = process.env.HINOMI_BIN;
const directory = mkdtempSync(join(tmpdir(), "hinomi-openid-"));
const started = [];

function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"], ...options });
  started.push(child);
  return child;
}
const firstLine = (child) => new Promise((done) => createInterface(child.stdout).once("line", done));
const exit = (child) => new Promise((done) => child.once("exit", done));

// A port that was free a moment ago: the provider has to know our address before we listen.
const freePort = () =>
  new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

// A browser as far as it matters here: cookies per host, redirects one by one.
class Browser {
  cookies = new Map();
  async go(url, options = {}) {
    const { origin } = new URL(url);
    const jar = this.cookies.get(origin) ?? new Map();
    const headers = { ...options.headers, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") };
    const answer = await fetch(url, { ...options, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const at = pair.indexOf("=");
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    this.cookies.set(origin, jar);
    return answer;
  }
  async follow(url, options) {
    let answer = await this.go(url, options);
    let here = url;
    while (answer.status >= 300 && answer.status < 400) {
      here = new URL(answer.headers.get("location"), here).href;
      answer = await this.go(here);
    }
    return { answer, here, text: await answer.text() };
  }
  // Binds through the provider as `login`, with the password as proof that the person is there.
  async bind(base, account, login) {
    const csrf = (await (await this.go(`${base}/api/v1/me`)).json()).csrf;
    const answer = await this.go(`${base}/api/v1/account/identities`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf-token": csrf },
      body: JSON.stringify({ step_up: { password: account.password } }),
    });
    assert.equal(answer.status, 200, "the way to the provider");
    return this.throughProvider((await answer.json()).url, login);
  }
  // Through the provider's two forms: who one is, and that the client may know it.
  async throughProvider(url, login) {
    let page = await this.follow(url);
    for (let step = 0; step < 4 && new URL(page.here).pathname.startsWith("/interaction/"); ++step) {
      const prompt = /name="prompt" value="(\w+)"/.exec(page.text)[1];
      const body = new URLSearchParams({ prompt, login, password: "x" });
      page = await this.follow(new URL(/action="([^"]+)"/.exec(page.text)[1], page.here).href, { method: "POST", body });
    }
    return page;
  }
}

async function main() {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const provider = start(process.execPath, [join(import.meta.dirname, "provider.mjs"), `${base}/login/openid/done`]);
  const issuer = await firstLine(provider);
  writeFileSync(join(directory, "secret"), "only for this test\n");
  writeFileSync(
    join(directory, "hinomi.toml"),
    `[openid]\nname = "Test login"\nissuer = "${issuer}"\nclient_id = "hinomi"\n` +
      `client_secret_file = "${join(directory, "secret")}"\nredirect = "${base}/login/openid/done"\n` +
      `addresses = ["${new URL(issuer).host}"]\n`,
  );
  const house = join(directory, "data");
  assert.equal(await exit(start(program, ["demo", "--data", house, "--seed-only"])), 0, "seeding the demo sector");
  const server = start(program, [
    "serve", "--data", house, "--listen", `127.0.0.1:${port}`,
    "--config", join(directory, "hinomi.toml"), "--ready-file", join(directory, "ready"),
  ]);
  await reachable(base, server);
  const accounts = JSON.parse(readFileSync(join(house, "demo-credentials.json"), "utf8")).accounts;
  await walk(base, accounts);
}

async function reachable(base, server) {
  let gone = false;
  server.once("exit", () => (gone = true));
  while (!gone) {
    const answer = await fetch(`${base}/health/ready`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error("the server ended");
}

async function signIn(browser, base, account) {
  const body = JSON.stringify({ login: account.login, password: account.password });
  const headers = { "content-type": "application/json" };
  const answer = await browser.go(`${base}/api/v1/session`, { method: "POST", headers, body });
  assert.equal(answer.status, 200);
  return (await answer.json()).csrf;
}

const me = async (browser, base) => (await browser.go(`${base}/api/v1/me`)).status;
const identities = async (browser, base) => (await (await browser.go(`${base}/api/v1/account/identities`)).json()).items;

async function walk(base, accounts) {
  const person = new Browser();
  assert.match((await person.follow(`${base}/login`)).text, /Test login/);

  // The provider tells the mail address of another person here; it counts for nothing.
  const stranger = await new Browser().throughProvider(`${base}/login/openid`, "analyst-at-provider");
  assert.equal(stranger.answer.status, 403, "an identity that is bound to nobody");

  await signIn(person, base, accounts.analyst1);
  const bound = await person.bind(base, accounts.analyst1, "analyst-at-provider");
  assert.equal(bound.answer.status, 200, bound.text);
  assert.deepEqual((await identities(person, base)).map((one) => one.subject), ["analyst-at-provider"]);

  const later = new Browser();
  const arrived = await later.throughProvider(`${base}/login/openid`, "analyst-at-provider");
  assert.equal(arrived.answer.status, 200);
  assert.equal(arrived.answer.headers.get("refresh"), "0; url=/");
  assert.equal(await me(later, base), 200);
  const again = await later.go(arrived.here);
  assert.equal(again.status, 403, "the way back works once");

  // Another person here cannot take the same account, and a return begun elsewhere signs nobody in.
  const other = new Browser();
  await signIn(other, base, accounts.member_a_soc);
  const taken = await other.bind(base, accounts.member_a_soc, "analyst-at-provider");
  assert.equal(taken.answer.status, 409);
  assert.equal((await identities(other, base)).length, 0);
  const victim = new Browser();
  assert.equal((await victim.go(arrived.here)).status, 403, "no cookie of a journey");
  await victim.go(`${base}/login/openid`);
  assert.equal((await victim.go(arrived.here)).status, 403, "the cookie of another journey");
  assert.notEqual(await me(victim, base), 200);
  const unproven = await other.go(`${base}/api/v1/account/identities`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": (await (await other.go(`${base}/api/v1/me`)).json()).csrf },
    body: "{}",
  });
  assert.equal(unproven.status, 403, "binding needs the person");

  const csrf = (await (await person.go(`${base}/api/v1/me`)).json()).csrf;
  const [binding] = await identities(person, base);
  const removed = await person.go(`${base}/api/v1/account/identities/${binding.id}`, {
    method: "DELETE",
    headers: { "x-csrf-token": csrf },
  });
  assert.equal(removed.status, 204);
  assert.equal((await new Browser().throughProvider(`${base}/login/openid`, "analyst-at-provider")).answer.status, 403);
}

try {
  await main();
  console.log("openid: fine");
} finally {
  for (const child of started) if (child.exitCode === null) child.kill("SIGTERM");
  rmSync(directory, { recursive: true, force: true });
}
