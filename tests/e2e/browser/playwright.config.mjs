// Chromium of the operating system; one worker, since every walk shares one server and its sector.
import { defineConfig } from "@playwright/test";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: ".",
  outputDir: process.env.HINOMI_E2E_OUTPUT ?? "test-results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    actionTimeout: 10_000,
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: quiet },
    locale: "ja-JP",
    timezoneId: "America/New_York", // pages show Japanese time wherever the browser stands
    viewport: { width: 1280, height: 900 },
  },
});
