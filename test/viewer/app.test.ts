import { recordSession } from '@clew/trace-model/testing';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumFlags, findChromium } from '../browser/find-chromium.ts';
import { openApp, type OpenApp } from './open-app.ts';

const executablePath = findChromium();
/** On a busy machine a page takes its time; what never comes fails all the same. */
const patient = { timeout: 15_000 };

describe.skipIf(executablePath === undefined)('our own viewer, served by a host', { timeout: 60_000 }, () => {
  let app: OpenApp;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    app = await openApp();
    await app.send(recordSession({ calls: 40 }));
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: [...chromiumFlags] });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(app.url);
    await page.getByRole('group', { name: 'Compactions' }).getByRole('button').first().waitFor();
  });

  afterEach(async () => {
    await page.close();
    if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('; ')}`);
  });

  const cuts = () => page.getByRole('group', { name: 'Compactions' }).getByRole('button');
  const cutTitle = () => page.getByRole('article', { name: 'Compaction' }).getByRole('heading').first();

  it('opens a compaction from the timeline, at an address that opens it again, and goes back', async () => {
    const start = page.url();
    await cuts().first().click();
    const title = await cutTitle().textContent();
    expect(title).toMatch(/Compaction 1/u);
    const address = page.url();
    expect(address).not.toBe(start);

    const other = await browser.newPage();
    await other.goto(address);
    const again = other.getByRole('article', { name: 'Compaction' }).getByRole('heading').first();
    expect(await again.textContent()).toBe(title);
    await other.close();

    await page.goBack();
    await page.getByRole('article', { name: 'Compaction' }).waitFor({ state: 'detached' });
    expect(page.url().split('#')[0]).toBe(start.split('#')[0]);
  });

  it('shows what arrives while it is open', async () => {
    await app.send(recordSession({ sessionId: 'session-2', agent: 'late-comer', seed: 7, calls: 20 }));
    const sessions = page.getByRole('navigation', { name: 'Sessions' });
    await expect.poll(() => sessions.getByText('late-comer').count(), patient).toBeGreaterThan(0);
  });

  it('has no summary in the page before it is revealed, and none after it is opened again', async () => {
    await cuts().first().click();
    expect(await page.content()).not.toContain('COMPACT-SUMMARY');
    await page.getByRole('button', { name: 'Reveal summary' }).click();
    await page.getByRole('button', { name: 'Hide summary' }).waitFor();
    expect(await page.content()).toContain('COMPACT-SUMMARY');
    await page.reload();
    await page.getByRole('button', { name: 'Reveal summary' }).waitFor();
    expect(await page.content()).not.toContain('COMPACT-SUMMARY');
  });

  it('is worked by keys alone: from cut to cut, to the list of keys, and out again', async () => {
    await cuts().last().focus();
    await page.keyboard.press('Enter');
    const last = await cutTitle().textContent();
    await page.keyboard.press('[');
    await expect.poll(() => cutTitle().textContent(), patient).not.toBe(last);
    await page.keyboard.press('?');
    await page.getByText('From compaction to compaction').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('From compaction to compaction').waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('article', { name: 'Compaction' }).count(), patient).toBe(0);
  });

  it('sends nothing anywhere but to its host', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.reload();
    await cuts().first().click();
    await page.getByRole('article', { name: 'Compaction' }).waitFor();
    expect([...new Set(asked)]).toEqual([new URL(app.url).origin]);
  });
});
