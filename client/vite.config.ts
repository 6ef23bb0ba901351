import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome125', 'firefox128', 'safari17.5'],
    modulePreload: { polyfill: false },
    /** A `data:` address in the style sheet would need its own line in the CSP. */
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    /** `bundle-size.test.ts` reads which files a page loads from it. */
    manifest: true,
  },
});
