// What tells that a text became script: a tripwire that every payload calls, the browser's own account of what its policy
// stopped, and a look at what the page was made of. A stopped one counts as much as one that ran.
import { expect } from "@playwright/test";

/** Finds of all pages of this context; each is a line with the page it happened on. */
export async function setTrap(context) {
  const finds = [];
  await context.exposeBinding("reportFind", ({ page }, what) => finds.push(`${what} at ${page.url()}`));
  await context.addInitScript(() => {
    const report = (what) => window.reportFind(what);
    window.tripwire = (n) => report(`payload ${n} ran`);
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => report(`${name}() was called`);
    document.addEventListener("securitypolicyviolation", (event) => {
      report(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on("console", (message) => {
    if (/Content Security Policy|Trusted ?Types/i.test(message.text())) finds.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => finds.push(`script fault: ${error.error()}`));
  context.on("dialog", (dialog) => {
    finds.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return finds;
}

/** Elements and attributes that no page of ours has and that only a payload would bring. */
export async function foreignParts(page) {
  return await page.evaluate(() => {
    const found = [];
    const tags = new Set(["IFRAME", "OBJECT", "EMBED", "BASE", "MARQUEE", "MATH", "AUDIO", "VIDEO", "PORTAL", "XSS", "X",
      "FRAMESET", "PLAINTEXT", "XMP", "LISTING", "NOEMBED"]);
    for (const element of document.querySelectorAll("*")) {
      if (tags.has(element.tagName.toUpperCase())) found.push(`<${element.tagName}>`);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name) || name === "srcdoc") found.push(`${element.tagName} ${name}=${value}`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip them before a scheme.
        if (/(href|src|action|data|background|ping)$/i.test(name) && /^[\u0000-\u0020]*(java|vb|live)\s*script\s*:|^data:text/i.test(value))
          found.push(`${element.tagName} ${name}=${value}`);
      }
    }
    return found;
  });
}

/** Counts what the page still asks the server for; the event stream never ends and does not count. */
export function watchAnswers(page) {
  const pending = new Set();
  const counts = (request) => !request.url().endsWith("/stream");
  page.on("request", (request) => counts(request) && pending.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => pending.delete(request));
  return pending;
}

/** Until nothing is asked any more and two frames were drawn after the last answer. */
export async function settled(page, pending) {
  const draw = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect
    .poll(async () => {
      await draw();
      return pending.size;
    }, { intervals: [10], timeout: 10_000 })
    .toBe(0);
}
