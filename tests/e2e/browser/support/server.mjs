// The real program over an empty data directory with the demo's accounts: started here, stopped here.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const program = process.env.HINOMI_BIN;
const patience = 60_000;

async function portOnceReady(server, file, said) {
  const last = Date.now() + patience;
  while (Date.now() < last) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}:\n${said()}`);
    const port = await readFile(file, "utf8").catch(() => "");
    if (port.trim() !== "") return port.trim();
    await pause(50);
  }
  throw new Error(`The server was not ready within a minute:\n${said()}`);
}

/** { url, accounts, stop }; accounts as demo-credentials.json names them. */
export async function startServer() {
  if (program === undefined) throw new Error("HINOMI_BIN names no program.");
  const folder = await mkdtemp(path.join(tmpdir(), "hinomi-browser-"));
  const data = path.join(folder, "data");
  await promisify(execFile)(program, ["demo", "--data", data, "--seed-only"]);
  const ready = path.join(folder, "port");
  const server = spawn(program, ["serve", "--data", data, "--config", path.join(data, "demo", "serve.toml"), "--listen", "127.0.0.1:0", "--ready-file", ready]);
  let output = "";
  server.stdout.on("data", (bytes) => (output += bytes));
  server.stderr.on("data", (bytes) => (output += bytes));
  const stop = async () => {
    const ended = server.exitCode === null ? once(server, "exit") : undefined;
    server.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await portOnceReady(server, ready, () => output);
    const { accounts } = JSON.parse(await readFile(path.join(data, "demo-credentials.json"), "utf8"));
    return { url: `http://localhost:${port}`, accounts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
