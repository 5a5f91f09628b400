// The two catalogues say the same things: same keys, same {placeholders}, nothing empty, nothing unused, nothing missing.
import { readdirSync, readFileSync } from "node:fs";

const portal = new URL("..", import.meta.url);
const read = (language) => JSON.parse(readFileSync(new URL(`../texts/portal.${language}.json`, portal), "utf8"));
const ja = read("ja");
const en = read("en");
const problems = [];

const placeholders = (text) =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .sort()
    .join(" ");
for (const key of new Set([...Object.keys(ja), ...Object.keys(en)])) {
  if (!key.startsWith("portal.")) problems.push(`${key}: keys of the portal start with "portal."`);
  if (!ja[key] || !en[key]) problems.push(`${key}: missing or empty in one language`);
  else if (placeholders(ja[key]) !== placeholders(en[key])) problems.push(`${key}: the placeholders differ`);
  if (
    en[key] &&
    /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(en[key]) &&
    key !== "portal.language.other"
  ) {
    problems.push(`${key}: Japanese in the English text`);
  }
}

// Families whose last part is a value of the API are used by template: t(`portal.report.state.${state}`).
const sources = readdirSync(new URL("src", portal), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, "utf8"))
  .join("\n");
const families = [...sources.matchAll(/[`"](portal\.[\w.]+\.)(?:\$\{|")/g)].map((match) => match[1]);
for (const key of Object.keys(ja)) {
  if (!sources.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)))
    problems.push(`${key}: unused`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
