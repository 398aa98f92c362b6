import { recordSession } from '@clew/trace-model/testing';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, findChromium } from '../browser/find-chromium.ts';
import { openApp, type OpenApp } from './open-app.ts';

const executablePath = findChromium();
const folder = fileURLToPath(new URL('screens', import.meta.url));
/** `compare`, or `write` to take the pictures anew after a screen was changed on purpose. */
const mode = process.env['CLEW_SCREENS'];
/** The share of pixels that may differ: fonts are drawn a little differently from one machine to the next. */
const tolerance = 0.01;

const screens = [
  { name: 'session', width: 1280, scheme: 'light' },
  { name: 'session', width: 1280, scheme: 'dark' },
  { name: 'session', width: 360, scheme: 'light' },
  { name: 'cut', width: 1280, scheme: 'light' },
  { name: 'cut', width: 1280, scheme: 'dark' },
] as const;

describe.skipIf(executablePath === undefined || mode === undefined)(
  'the main screens, as they were (asked for by CLEW_SCREENS=compare, with DejaVu Sans installed)',
  { timeout: 60_000 },
  () => {
    let app: OpenApp;
    let browser: Browser;

    beforeAll(async () => {
      app = await openApp();
      await app.send(recordSession({ calls: 60, isMeasured: true }));
      browser = await chromium.launch({
        ...(executablePath && { executablePath }),
        args: [...chromiumFlags],
      });
      await mkdir(folder, { recursive: true });
    }, 120_000);

    afterAll(async () => {
      await browser?.close();
      await app?.close();
    });

    it.each(screens)('$name, $width px, $scheme', async ({ name, width, scheme }) => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
        timezoneId: 'UTC',
        locale: 'en-GB',
      });
      const page = await context.newPage();
      await page.clock.setFixedTime('2026-11-21T12:00:00Z');
      await page.goto(app.url);
      await page.addStyleTag({
        content: ":root { --clew-font: 'DejaVu Sans'; --clew-mono: 'DejaVu Sans Mono' }",
      });
      const cuts = page.getByRole('group', { name: 'Compactions' }).getByRole('button');
      if (width < 860)
        await page.getByRole('navigation', { name: 'Sessions' }).getByRole('link').first().click();
      await cuts.first().waitFor();
      await page.locator('svg.recharts-surface').first().waitFor();
      if (name === 'cut') await cuts.first().click();
      await page.mouse.move(0, 0);
      const taken = await page.screenshot({ animations: 'disabled' });
      const path = `${folder}/${name}-${width}-${scheme}.png`;
      if (mode === 'write' || !existsSync(path)) await writeFile(path, taken);
      expect(await difference(page, taken, await readFile(path))).toBeLessThanOrEqual(tolerance);
      await context.close();
    });
  },
);

/** The share of pixels of which a colour differs by more than a shade; 1 where the sizes differ. */
function difference(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const [a, b] = await Promise.all(
        pictures.map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
          const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
          canvas?.drawImage(bitmap, 0, 0);
          return canvas?.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      );
      if (a === undefined || b === undefined || a.width !== b.width || a.height !== b.height) return 1;
      let count = 0;
      for (let at = 0; at < a.data.length; at += 4) {
        const apart = [0, 1, 2].some((c) => Math.abs((a.data[at + c] ?? 0) - (b.data[at + c] ?? 0)) > 32);
        if (apart) count += 1;
      }
      return count / (a.width * a.height);
    },
    [one.toString('base64'), other.toString('base64')],
  );
}
