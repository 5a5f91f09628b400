// What every page of every walk is held to: no violation of the content-security policy, no fault in a script, nothing
// fetched from elsewhere. axe on demand.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The list that fills with what is wrong on any page of this browser context. */
export function observe(context, url) {
  const faults = [];
  context.on("console", (message) => {
    // The browser mentions every refused page here; the walks that meet one look at it themselves.
    if (message.type() === "error" && !/status of 40[04]/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => faults.push(`script: ${error.error()}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith("data:")) faults.push(`elsewhere: ${request.url()}`);
  });
  return faults;
}

/** Counts what the page itself hears of its policy; needs script. */
export async function listenToPolicy(context, faults) {
  await context.exposeBinding("reportViolation", (_, violation) => faults.push(`policy: ${violation}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`);
    });
  });
}

/** WCAG 2.2 A and AA and axe's best practices: no finding. The page's policy refuses injected script, the debugger may. */
export async function expectAccessible(page) {
  const debuggerSession = await page.context().newCDPSession(page);
  await debuggerSession.send("Runtime.evaluate", { expression: `${axe};0` });
  const { result, exceptionDetails } = await debuggerSession.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] }).then(({ violations, passes }) =>
      JSON.stringify({ passes: passes.length, violations: violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => id + ": " + help + " at " + target.join(" ") + " — " + failureSummary)) }))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await debuggerSession.detach();
  expect(exceptionDetails, "axe itself ran").toBeUndefined();
  const { passes, violations } = JSON.parse(result.value);
  expect(passes, "axe looked at the page").toBeGreaterThan(0);
  expect.soft(violations, `axe at ${page.url()}`).toEqual([]);
}

/** WCAG 1.4.10: what is wider than the window scrolls in a region of its own. */
export async function expectNoSidewaysScroll(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(overflow, `sideways scroll at ${page.url()}`).toBeLessThanOrEqual(0);
}
