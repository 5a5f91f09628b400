import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    // The zone of the machine must not matter: every instant is shown in Japan's time.
    env: { TZ: "America/New_York" },
    testTimeout: 60_000,
  },
});
