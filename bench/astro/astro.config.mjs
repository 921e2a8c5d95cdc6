// The lightest settings that give the pages compared. Caches lie in the site's own folder, so that a
// build without a cache has none.
import { defineConfig } from "astro/config";

export default defineConfig({
  build: { format: "preserve" },
  cacheDir: "./cache",
  markdown: { smartypants: false, syntaxHighlight: false },
  vite: { cacheDir: "./cache/vite" },
});
