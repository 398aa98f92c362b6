import { defineConfig } from 'vitest/config';
import { browserProject } from './browser/browser-project.ts';

const root = new URL('..', import.meta.url).pathname;

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        // Tests run on the sources: nothing needs to be built first.
        resolve: { conditions: ['@clew/source', 'import', 'default'] },
        ssr: { resolve: { conditions: ['@clew/source', 'import', 'node', 'default'] } },
        test: {
          name: 'node',
          include: [
            '{packages,apps}/*/src/**/*.test.{ts,tsx}',
            'test/**/*.test.ts',
            'docs/examples/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.*'],
          setupFiles: ['test/seed.ts'],
          testTimeout: 20_000,
        },
      },
      ...browserProject(),
    ],
    onConsoleLog: () => true,
    coverage: {
      // In CI, where the one run of all tests has to say it too.
      enabled: process.env['CLEW_COVERAGE'] === '1',
      provider: 'v8',
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/index.ts', '**/testing/**'],
      thresholds: { lines: 85 },
      reporter: ['text-summary'],
    },
  },
});
