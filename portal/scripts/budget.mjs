// Fails the build when what a browser loads first is bigger than a slow line bears.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const folder = new URL("../dist/assets/", import.meta.url);
const limits = [
  { name: "first script", pattern: /^app-.*\.js$/, kilobytes: 130 },
  { name: "style sheet", pattern: /^app-.*\.css$/, kilobytes: 20 },
  { name: "passkey script", pattern: /^passkey-.*\.js$/, kilobytes: 3 },
  { name: "draft script", pattern: /^draft-.*\.js$/, kilobytes: 5 },
  { name: "lazy chunk", pattern: /^part-.*\.js$/, kilobytes: 75 },
];

let exceeded = false;
for (const file of readdirSync(folder)) {
  const limit = limits.find((candidate) => candidate.pattern.test(file));
  if (limit === undefined) continue;
  const kilobytes = gzipSync(readFileSync(new URL(file, folder)), { level: 9 }).length / 1000;
  exceeded ||= kilobytes > limit.kilobytes;
  console.log(`${file}: ${kilobytes.toFixed(1)} of ${limit.kilobytes} kB gz (${limit.name})`);
}
if (exceeded) {
  console.error("A file is above its budget: load part of it lazily, or take a smaller library.");
  process.exit(1);
}
