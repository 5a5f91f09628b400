// Payloads in every text that people may write, then every page as every role: nothing runs and the browser's policy has
// nothing to stop. First, that the trap shuts: pages of this test's own, with a hole in them.
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { expect, test } from "../support/sector.mjs";
import { fileReports, importAdvisories, postObjects, postPointers, proposeReaders, tellUnnamed, writeEditions, writeEverywhere } from "./fields.mjs";
import { payloads } from "./payloads.mjs";
import { foreignParts, setTrap, settled, watchAnswers } from "./trap.mjs";

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'";

/** A page that writes a payload into itself as it stands, with our policy or with none. */
async function servePlantedHole(use) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const headers = { "Content-Type": "text/html; charset=utf-8" };
    if (url.pathname === "/guarded") headers["Content-Security-Policy"] = policy;
    response.writeHead(url.pathname === "/" || url.pathname === "/guarded" ? 200 : 404, headers);
    response.end(`<!doctype html><main><p>before</p><div title="x">${payloads[Number(url.searchParams.get("n"))] ?? ""}</div></main>`);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

test("the trap shuts on a page with a hole", async ({ browser }) => {
  await servePlantedHole(async (url) => {
    const context = await browser.newContext();
    const finds = await setTrap(context);
    const page = await context.newPage();
    let caught = 0;
    for (let n = 0; n < payloads.length; n += 6) {
      const before = finds.length;
      await page.goto(`${url}/?n=${n}`);
      const parts = await foreignParts(page);
      if (finds.length > before || parts.length > 0) ++caught;
    }
    expect(finds.some((find) => /payload \d+ ran/.test(find)), "a payload ran").toBe(true);
    // Many payloads are for other places than between two tags; those that are for this one must be caught.
    expect(caught).toBeGreaterThan(payloads.length / 6 / 4);

    const run = finds.length;
    await page.goto(`${url}/guarded?n=0`);
    await expect.poll(() => finds.slice(run).some((find) => find.startsWith("policy: script-src"))).toBe(true);
    expect(finds.slice(run).some((find) => / ran /.test(find)), "the policy stopped it").toBe(false);
    await context.close();
  });
});

/** Addresses that repeat what they are asked with. */
function echoes(n) {
  const text = encodeURIComponent(payloads[n]);
  return [`/login?next=${text}`, `/report?kind=${text}`, `/language?to=${text}&back=${text}`, `/reports?q=${text}&before=${text}`,
    `/inbox?item=${text}&show=${text}`, `/nothing?x=${text}`, `/releases?before=${text}#${text}`];
}

/** The pages that the route table of the server and the router of the portal name: a new one joins by itself. */
async function pagesOfTheTables() {
  const root = new URL("../../../../", import.meta.url);
  const sources = (await readdir(new URL("src/api/pages/", root))).filter((name) => name.endsWith(".cpp")).map((name) => `src/api/pages/${name}`);
  const patterns = new Set();
  for (const source of [...sources, "portal/src/app/router.tsx"]) {
    const text = await readFile(new URL(source, root), "utf8");
    for (const [, pattern] of text.matchAll(/(?:Route\{Method::Get, |path: )"(\/[^"]*)"/g)) patterns.add(pattern.replaceAll(/\$\w+|\{\w+\}/g, "{}"));
  }
  const all = [...patterns].filter((pattern) => pattern !== "/language");
  return {
    everywhere: all.filter((pattern) => !pattern.includes("{}")),
    ofOne: all.filter((pattern) => pattern.includes("{}")).map((pattern) => (id) => pattern.replaceAll("{}", id)),
  };
}

class Visitor {
  constructor(page, finds) {
    this.page = page;
    this.finds = finds;
    this.pending = watchAnswers(page);
    this.visits = 0;
  }

  async see(path) {
    await this.page.goto(path);
    await settled(this.page, this.pending);
    for (const part of await foreignParts(this.page)) this.finds.push(`${part} in ${path}`);
    ++this.visits;
  }
}

test("payloads in every text, every page, every role: none runs and none is stopped", async ({ as, browser, server, sessions }) => {
  test.setTimeout(420_000);
  expect(payloads.length).toBeGreaterThanOrEqual(300);
  for (const key of Object.keys(server.accounts)) await as(key); // signs in, before anything below guesses a password
  const reports = await fileReports(server);
  const { reviews, releases } = await writeEditions(server, reports);
  const cases = await importAdvisories(server);
  await postObjects(server);
  const pointers = await postPointers(server);
  await proposeReaders(server, releases[0]);
  const unnamed = await tellUnnamed(server);
  const tally = await writeEverywhere(server, [...reports, ...releases, ...reviews].slice(0, 30));
  expect(releases.length, "releases with payloads").toBeGreaterThan(10);
  expect(cases.length, "cases with payloads").toBeGreaterThan(10);
  expect(tally.taken, "writes of the description that were taken").toBeGreaterThan(0);

  const { everywhere, ofOne } = await pagesOfTheTables();
  expect(everywhere).toContain("/reports");
  const ofReports = reports.flatMap((id, n) => (n === 0 ? [`/reports/${id}`, `/reports/${id}/print`, `/report/done/${id}`] : [`/reports/${id}`]));
  const ofReviews = reviews.slice(0, 12).map((id) => `/share/${id}/review`);
  const ofReleases = releases.flatMap((id, n) => (n < 3 ? [`/releases/${id}`, `/releases/${id}/print`] : [`/releases/${id}`]));
  const ofPointers = pointers.map((id) => `/pointers/${id}`);
  const ofCases = cases.map((id) => `/cases/${id}`);
  const details = {
    analyst1: [...ofOne.flatMap((page) => [reports[0], releases[0], reviews[0], cases[0]].map(page)), ...ofReports.slice(0, 20), ...ofReviews, ...ofReleases.slice(0, 12), ...ofCases, ...ofPointers, ...unnamed.ids.map((id) => `/unnamed/${id}`)],
    member_a_soc: [...ofReports, ...ofReviews.slice(0, 2)],
    member_b_soc: ofReleases,
  };
  const some = [ofReports[0], ofReviews[0], ofReleases[0], ofReleases[1], ofCases[0], ofPointers[0]];

  const tours = Object.keys(server.accounts).map((key, n) => ({
    key,
    paths: [...everywhere, ...(details[key] ?? some), ...echoes((n * 37) % payloads.length)],
  }));
  let visits = 0;
  const found = [];
  const walk = async () => {
    for (let tour = tours.shift(); tour !== undefined; tour = tours.shift()) {
      const context = await browser.newContext({ baseURL: server.url, storageState: sessions.get(tour.key) });
      const visitor = new Visitor(await context.newPage(), await setTrap(context));
      for (const path of tour.paths) await visitor.see(path);
      visits += visitor.visits;
      found.push(...visitor.finds);
      await context.close();
    }
  };
  // What the reporter sees comes by a form, never by an address.
  const reporter = await browser.newContext({ baseURL: server.url });
  const talk = new Visitor(await reporter.newPage(), await setTrap(reporter));
  for (const code of unnamed.codes) {
    await talk.see("/r");
    await talk.page.locator("#code").fill(code);
    await talk.page.locator("main form .button-primary").click();
    await talk.page.locator(".talk").waitFor();
    await settled(talk.page, talk.pending);
    for (const part of await foreignParts(talk.page)) talk.finds.push(`${part} in the talk of a code`);
  }
  found.push(...talk.finds);
  await reporter.close();
  tours.sort((a, b) => b.paths.length - a.paths.length);
  await Promise.all([walk(), walk(), walk()]);
  console.log(`${payloads.length} payloads, ${reports.length} reports, ${releases.length} releases, ${cases.length} cases, ` +
    `${tally.taken} of ${tally.asked} other writes taken; ${visits} pages visited; ${found.length} finds`);
  expect(found).toEqual([]);
});
