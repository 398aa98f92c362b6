import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  // Tests run on the sources: nothing needs to be built first.
  resolve: { conditions: ['@clew/source', 'import', 'default'] },
  ssr: { resolve: { conditions: ['@clew/source', 'import', 'node', 'default'] } },
  test: {
    include: ['{packages,apps}/*/src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'docs/examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 20_000,
    onConsoleLog: () => true,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/index.ts', '**/testing/**'],
      thresholds: { lines: 85 },
      reporter: ['text-summary'],
    },
  },
});
