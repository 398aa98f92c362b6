import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumFlags, findChromium } from '../browser/find-chromium.ts';

const executablePath = findChromium();
/** On a busy machine a page takes its time; what never comes fails all the same. */
const patient = { timeout: 15_000 };
const packageFolder = (name: string): string =>
  dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));

/** What a careless host says of bare elements, unlayered, after our own styles. */
const careless = `
  * { border: 0 solid red; letter-spacing: 1px }
  h1, h2, h3 { font-size: 60px; margin: 44px; color: red; text-transform: uppercase }
  p, ul, dl, dd, figure { margin: 33px; color: red; text-align: right }
  button, input, select { background: lime; color: red; padding: 22px; font: 30px serif; border: 5px solid red }
  table, td, th, caption { border: 3px solid red; padding: 11px; font-size: 30px; background: pink }
  code, pre { background: yellow; padding: 9px; border-radius: 9px; font-size: 30px }
  svg { display: block; vertical-align: middle }
  a { color: red; text-decoration: line-through }
  i, strong, small, em { color: red; font-size: 30px; font-style: oblique }
  time, output, span { color: red }
`;

const properties = [
  'color',
  'backgroundColor',
  'fontSize',
  'fontFamily',
  'fontStyle',
  'letterSpacing',
  'textTransform',
  'textAlign',
  'marginTop',
  'marginLeft',
  'paddingTop',
  'paddingLeft',
  'borderTopWidth',
  'borderTopColor',
  'borderRadius',
  'fill',
  'display',
  'verticalAlign',
  'width',
  'height',
] as const;

describe.skipIf(executablePath === undefined)(
  'the plugin in a host on React 18.2, built by Vite for older browsers',
  () => {
    let folder: string;
    let server: PreviewServer;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'clew-host-'));
      const root = fileURLToPath(new URL('host-page', import.meta.url));
      await build({
        configFile: false,
        root,
        logLevel: 'silent',
        resolve: {
          conditions: ['@clew/source', 'module', 'browser', 'production'],
          alias: [
            { find: /^react(?=\/|$)/u, replacement: packageFolder('react-18') },
            { find: /^react-dom(?=\/|$)/u, replacement: packageFolder('react-dom-18') },
          ],
        },
        build: { outDir: folder, emptyOutDir: true },
      });
      server = await preview({
        configFile: false,
        root,
        logLevel: 'silent',
        build: { outDir: folder },
        preview: { host: '127.0.0.1', port: 0 },
      });
      browser = await chromium.launch({
        ...(executablePath && { executablePath }),
        args: [...chromiumFlags],
      });
    }, 120_000);

    afterAll(async () => {
      await browser?.close();
      await server?.close();
      await rm(folder, { recursive: true, force: true });
    });

    beforeEach(async () => {
      page = await browser.newPage({ viewport: { width: 900, height: 900 } });
      const address = server.httpServer.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.getByRole('button', { name: 'Open timeline' }).waitFor();
    });

    afterEach(async () => {
      await page.close();
    });

    const openCut = async (): Promise<void> => {
      await page.getByRole('button', { name: /last compaction/u }).click();
      await page.getByRole('article', { name: 'Compaction' }).waitFor();
    };

    /** What the browser makes of every element of one side. */
    const looks = (selector: string): Promise<readonly string[]> =>
      page.evaluate(
        ([within, names]) =>
          [...document.querySelectorAll(within)].map((element) => {
            const style = getComputedStyle(element);
            const said = names.map((name) => `${name}: ${style[name]}`);
            return `${element.tagName} ${element.getAttribute('class') ?? ''} { ${said.join('; ')} }`;
          }),
        [selector, properties] as const,
      );

    it('runs, selects in its host, and keeps Space to itself', async () => {
      expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe(
        'Host on React 18.2.0',
      );
      await openCut();
      expect(await page.locator('.own code').textContent()).not.toBe('none');
      await page.getByRole('button', { name: 'Reveal summary' }).focus();
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Hide summary' }).waitFor();
      expect(await page.locator('.own output').textContent()).toBe('0');
      await page.getByRole('button', { name: 'Of the host' }).focus();
      await page.keyboard.press('Space');
      expect(await page.locator('.own output').textContent()).toBe('1');
    });

    it('looks the same whatever the host says of bare elements', async () => {
      await openCut();
      const before = await looks('.clew, .clew *');
      await page.addStyleTag({ content: careless });
      const after = await looks('.clew, .clew *');
      expect(after.length).toBe(before.length);
      const changed = after.flatMap((look, at) => (look === before[at] ? [] : [[before[at], look]]));
      expect(changed.slice(0, 5)).toEqual([]);
    });

    it('leaves the host as it was', async () => {
      const withPlugin = await looks('.own, .own *');
      await page.evaluate(() => {
        for (const sheet of document.querySelectorAll('link[rel=stylesheet]')) sheet.remove();
      });
      expect(await looks('.own, .own *')).toEqual(withPlugin);
    });

    it('follows the scheme that a script of the host sets, although its build has lowered light-dark()', async () => {
      const colors = (): Promise<readonly string[]> =>
        page.evaluate(() => {
          const { backgroundColor, color } = getComputedStyle(
            document.querySelector('.clew-beside') ?? document.body,
          );
          return [backgroundColor, color];
        });
      const scheme = (name: string): Promise<void> =>
        page.evaluate((value) => {
          document.documentElement.style.colorScheme = value;
        }, name);
      const lightness = async (): Promise<readonly number[]> =>
        (await colors()).map((color) => Number(/[\d.]+/u.exec(color.replace(/^\w+\(/u, ''))?.[0]));
      await scheme('light');
      const [paper = 0, ink = 1] = await lightness();
      expect(paper).toBeGreaterThan(ink);
      await scheme('dark');
      await expect
        .poll(async () => {
          const [background = 1, text = 0] = await lightness();
          return background < text;
        }, patient)
        .toBe(true);
      await scheme('light');
      await expect.poll(lightness, patient).toEqual([paper, ink]);
    });
  },
);
