import { defineConfig } from "vite";

// The scripts of the server's own pages: one small file each beside the portal, which those pages load alone. One is
// built at a time, by mode, so that they never share a part. The server finds them as assets/NAME-*.js.
export default defineConfig(({ mode }) => {
  const name = mode === "draft" ? "draft" : "passkey";
  return {
    publicDir: false,
    build: {
      target: ["chrome105", "firefox110", "safari16"],
      emptyOutDir: false,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [name]: `src/${name}.ts` },
        output: { entryFileNames: "assets/[name]-[hash].js" },
      },
    },
  };
});
