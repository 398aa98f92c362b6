import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';
const root = new URL('../packages/', import.meta.url).pathname;
export default defineConfig({
  ...base,
  ssr: {},
  resolve: {
    alias: [
      { find: /^@clew\/([^/]+)$/, replacement: `${root}$1/src/index.ts` },
      { find: /^@clew\/([^/]+)\/(.+)$/, replacement: `${root}$1/src/$2/index.ts` },
    ],
  },
});
