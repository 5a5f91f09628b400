import { defineConfig } from "vite";

// The script of the sign-in and account pages: one small file beside the portal, which those pages load alone. The
// server finds it as assets/passkey-*.js.
export default defineConfig({
  publicDir: false,
  build: {
    target: ["chrome105", "firefox110", "safari16"],
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { passkey: "src/passkey.ts" },
      output: { entryFileNames: "assets/[name]-[hash].js" },
    },
  },
});
