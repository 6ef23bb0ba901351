import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The yardstick's page as one script, built as the product's own pages are. */
export const bundleBarePage = async (): Promise<string> => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const built = await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome125',
      minify: true,
      lib: { entry: `${folder}bare.ts`, formats: ['es'], fileName: 'page' },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const [chunk] = bundle && 'output' in bundle ? bundle.output : [];
  if (chunk?.type !== 'chunk') throw new Error('The page did not build');
  return chunk.code;
};
