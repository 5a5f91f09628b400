// Writes src/api/schema.d.ts from the API description, or with --check says whether the committed one is still true.
// openapi-typescript needs TypeScript 5, the portal is checked with TypeScript 7: it lives in its own folder.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const portal = fileURLToPath(new URL("..", import.meta.url));
const tool = join(portal, "api-types");
const description = join(portal, "../docs/openapi/openapi.json");
const committed = join(portal, "src/api/schema.d.ts");

function generate(target) {
  if (!existsSync(join(tool, "node_modules"))) execFileSync("npm", ["ci"], { cwd: tool, stdio: "inherit" });
  const program = join(tool, "node_modules/openapi-typescript/bin/cli.js");
  execFileSync(process.execPath, [program, description, "--output", target], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function check() {
  const folder = mkdtempSync(join(tmpdir(), "hinomi-api-types-"));
  try {
    const fresh = join(folder, "schema.d.ts");
    generate(fresh);
    if (existsSync(committed) && readFileSync(fresh, "utf8") === readFileSync(committed, "utf8")) return;
    console.error("src/api/schema.d.ts does not match docs/openapi/openapi.json: run npm run api-types and commit it.");
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv.includes("--check")) check();
else generate(committed);
