import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { viewerRoot } from '@clew/app-viewer/root';
import { createHost } from '@clew/host';
import { recordSession } from '@clew/trace-model/testing';
import { chromium, type Browser, type Page } from 'playwright';
import { timingOf } from './timing.ts';
import { fillHost, longLedger, sendSpans, sessionName } from './viewer-load.ts';
import { firstPaint, frameTimes, heldMegabytes, inputDelays, scroll } from './viewer-page.ts';

const sessions = 1_000;

/** The viewer in a real browser, with 1,000 sessions behind it: the figures that issue 8 asks for. */
export async function reportViewer(print: (line: string) => void): Promise<void> {
  const executablePath = [
    process.env['CHROMIUM_PATH'] ?? '',
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
  ].find((path) => path !== '' && existsSync(path));
  if (executablePath === undefined) {
    print('\nThe viewer was not measured: there is no Chromium (CHROMIUM_PATH names one).');
    return;
  }
  const host = await createHost({
    port: 0,
    viewerRoot: fileURLToPath(viewerRoot),
    limits: { textLength: 4_194_304 },
  });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const end = Date.now() - 60_000;
    const spans = await fillHost(host.url, sessions, end);
    await sendSpans(host.url, longLedger('long-ledger', 10_000, end - 900_000_000));
    print(`\n## The viewer, with ${spans} spans in ${sessions} sessions behind it\n`);
    print('| what | figure | spread | asked |\n|---|---|---|---|');
    await measure(browser, host.url, print);
  } finally {
    await browser.close();
    await host.close();
  }
}

async function measure(browser: Browser, url: string, print: (line: string) => void): Promise<void> {
  const newest = `${url}/#/s/${sessionName(sessions - 1)}`;
  const paint = await firstPaint(browser, newest, 5);
  print(
    row(
      'first useful paint: list and curve',
      paint.medianMillis,
      'ms',
      `${ms(paint.minMillis)} to ${ms(paint.p95Millis)}`,
      '1500 ms or less',
    ),
  );

  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(newest);
  await page.waitForSelector('.clew-chart .recharts-area-area');
  for (const [name, delays] of [
    ['a key: from call to call', await inputDelays(page, () => keys(page, 'ArrowLeft', 14))],
    ['a key: from view to view', await inputDelays(page, () => keysInTurn(page, 'scrmoxytyxt'))],
    ['a click: on a compaction', await inputDelays(page, () => clicks(page))],
    ['a click: another session', await inputDelays(page, () => openings(page))],
  ] as const) {
    const { medianMillis, p95Millis } = timingOf(delays.length === 0 ? [16] : delays);
    print(
      row(name, medianMillis, 'ms', `p95 ${ms(p95Millis)}, of ${delays.length} over 16 ms`, '50 ms or less'),
    );
  }
  const idle = await frameTimes(page, () => sleep(8_000));
  print(
    row(
      'frames while nothing happens',
      Math.max(...idle),
      'ms, the longest',
      `p95 ${ms(timingOf(idle).p95Millis)}`,
      'what this machine gives',
    ),
  );
  await liveRows(page, url, print);
  await ledgerRow(page, url, print);
  await memoryRow(page, url, print);
}

async function keys(page: Page, key: string, times: number): Promise<void> {
  await page.getByRole('slider', { name: 'Model call' }).focus();
  for (let time = 0; time < times; time += 1) {
    await page.keyboard.press(key);
    await sleep(60);
  }
}

async function keysInTurn(page: Page, all: string): Promise<void> {
  for (const key of all) {
    await page.keyboard.press(key);
    await sleep(150);
  }
}

async function clicks(page: Page): Promise<void> {
  const buttons = page.getByRole('group', { name: 'Compactions' }).getByRole('button');
  for (let at = 0; at < 8; at += 1) {
    await buttons.nth(at % (await buttons.count())).click();
    await sleep(150);
  }
}

async function openings(page: Page): Promise<void> {
  for (let at = 1; at < 6; at += 1) {
    await page.locator('.clew-entries a').nth(at).click();
    await sleep(400);
  }
}

/** 200 spans a second for eight seconds: in twenty sessions of which one is open, then all in the open one. */
async function liveRows(page: Page, url: string, print: (line: string) => void): Promise<void> {
  for (const [name, open] of [
    ['live: 200 spans/s in 20 sessions', 20],
    ['live: 200 spans/s in the open one', 1],
  ] as const) {
    const live = Array.from({ length: open }, (_, at) =>
      recordSession({
        sessionId: `live-${open}-${at}`,
        seed: at + 3,
        calls: open === 1 ? 280 : 20,
        start: Date.now() - 5_000,
      }),
    );
    const spans = interleaved(live);
    await sendSpans(url, spans.slice(0, 60));
    await page.goto(`${url}/#/s/live-${open}-0`);
    await page.waitForSelector('.clew-chart .recharts-area-area');
    await sleep(1_500);
    const frames = await frameTimes(page, async () => {
      for (let at = 0; at < 80; at += 1) {
        const startedAt = performance.now();
        await sendSpans(url, spans.slice(60 + at * 20, 80 + at * 20));
        await sleep(Math.max(0, 100 - (performance.now() - startedAt)));
      }
    });
    const over = frames.filter((frame) => frame > 50).length;
    print(
      row(
        name,
        Math.max(...frames),
        'ms, the longest frame',
        `p95 ${ms(timingOf(frames).p95Millis)}, ${over} of ${frames.length} over 50`,
        'none over 50 ms',
      ),
    );
  }
}

async function ledgerRow(page: Page, url: string, print: (line: string) => void): Promise<void> {
  await page.goto(`${url}/#/s/long-ledger?view=cut`);
  await page.waitForSelector(ledger);
  await sleep(1_000);
  const frames = await frameTimes(page, () => scroll(page, ledger, 90, 240));
  const { medianMillis, p95Millis } = timingOf(frames);
  print(
    row(
      'a ledger of 10,000 rows scrolls',
      1_000 / medianMillis,
      'frames/s',
      `p95 ${ms(p95Millis)}`,
      '60 frames/s',
    ),
  );
}

const ledger = '[aria-label="Ledger"] .clew-grid';

async function memoryRow(page: Page, url: string, print: (line: string) => void): Promise<void> {
  const after: number[] = [];
  for (let at = 0; at < 60; at += 1) {
    await page.goto(`${url}/#/s/${sessionName(at * 16)}`);
    await page.waitForSelector('.clew-chart .recharts-area-area');
    await sleep(120);
    if (at === 9 || at === 59) after.push(await heldMegabytes(page));
  }
  const [early = Number.NaN, late = Number.NaN] = after;
  print(row('memory held after 60 sessions', late, 'MB', `after 10: ${early.toFixed(1)} MB`, 'bounded'));
}

function interleaved<TItem>(lists: readonly (readonly TItem[])[]): readonly TItem[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

function row(name: string, figure: number, unit: string, spread: string, asked: string): string {
  return `| ${name} | ${figure.toFixed(1)} ${unit} | ${spread} | ${asked} |`;
}

function ms(millis: number): string {
  return `${millis.toFixed(1)} ms`;
}
