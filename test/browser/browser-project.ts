import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumFlags, findChromium } from './find-chromium.ts';

const viewer = fileURLToPath(new URL('../../packages/viewer', import.meta.url));

/** The tests of views that need a real browser: one Chromium, a page for each file. None where there is no Chromium. */
export function browserProject(): readonly TestProjectInlineConfiguration[] {
  const executablePath = findChromium();
  if (executablePath === undefined) return [];
  return [
    {
      root: viewer,
      resolve: { conditions: ['@clew/source', 'module', 'browser', 'development|production'] },
      // What a test may import is bundled before the first one starts: a reload in the middle would lose it.
      optimizeDeps: {
        include: [
          '@tanstack/react-virtual',
          '@testing-library/react',
          'axe-core',
          'diff',
          'fast-check',
          'react',
          'react-dom',
          'react-dom/client',
          'react/jsx-dev-runtime',
          'recharts',
          '@clew/trace-model > zod',
        ],
      },
      test: {
        name: 'browser',
        include: ['src/**/*.browser.test.{ts,tsx}'],
        setupFiles: [`${viewer}/src/browser-setup.fixture.ts`],
        testTimeout: 30_000,
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          viewport: { width: 1280, height: 800 },
          provider: playwright({ launchOptions: { executablePath, args: [...chromiumFlags] } }),
          instances: [{ browser: 'chromium' }],
        },
      },
    },
  ];
}
