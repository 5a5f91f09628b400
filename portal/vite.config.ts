import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The server renders the page and names the script and the style sheet it finds as assets/app-*.js and assets/app-*.css;
// lazy chunks therefore have other names.
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  build: {
    target: ["chrome123", "firefox128", "safari17.5"],
    // Older than the script's target: the server's pages must look right in any browser of the last years.
    cssTarget: ["chrome105", "firefox110", "safari16"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 4096,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { app: "src/main.tsx" },
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/part-[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        // What the first page needs is one file: the server's page names only the entry.
        codeSplitting: { groups: [{ name: "app", tags: ["$initial"] }] },
      },
    },
  },
});
