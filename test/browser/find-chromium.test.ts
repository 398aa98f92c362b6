import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';

const chromium = findChromium();

describe('the browser of the view tests', () => {
  it.skipIf(chromium === undefined)(
    'is found and answers; without one (`apt-get install chromium`, or CHROMIUM_PATH) the view tests are left out',
    () => {
      expect(execFileSync(chromium ?? '', ['--version'], { encoding: 'utf8' })).toMatch(/chrom/iu);
    },
  );

  it('is none where CHROMIUM_PATH names nothing', () => {
    expect(findChromium({ CHROMIUM_PATH: '/nowhere/chromium', PATH: process.env['PATH'] })).toBeUndefined();
  });
});
