import type { Browser, Page } from 'playwright';
import { timingOf, type Timing } from './timing.ts';

/** Milliseconds from the navigation to the list of sessions and the drawn curve, each time with nothing kept. */
export async function firstPaint(browser: Browser, address: string, rounds: number): Promise<Timing> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(watchFirstPaint);
    await page.goto(address);
    const painted = await page.waitForFunction(() => document.documentElement.dataset['painted']);
    samples.push(Number(await painted.jsonValue()));
    await context.close();
  }
  return timingOf(samples);
}

/** Runs in the page: writes down when a frame with both in it has been painted. */
function watchFirstPaint(): void {
  const look = (): void => {
    const isThere =
      document.querySelector('.clew-entries a') !== null &&
      document.querySelector('.clew-chart .recharts-area-area') !== null;
    if (!isThere) requestAnimationFrame(look);
    else {
      requestAnimationFrame(() => {
        setTimeout(() => (document.documentElement.dataset['painted'] = String(performance.now())));
      });
    }
  };
  requestAnimationFrame(look);
}

/** Milliseconds from each key or click to the next paint, as the browser's own Event Timing tells them. */
export async function inputDelays(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const kept: number[] = [];
    Object.assign(globalThis, { benchDelays: kept });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.name === 'keydown' || entry.name === 'click') kept.push(entry.duration);
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await act();
  await page.waitForTimeout(400);
  return page.evaluate(() => (globalThis as unknown as { benchDelays: number[] }).benchDelays);
}

/** Milliseconds between frames while something goes on in the page, or outside of it. */
export async function frameTimes(page: Page, during: () => Promise<unknown>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    const state = { frames, isOver: false };
    Object.assign(globalThis, { benchFrames: state });
    let before = performance.now();
    const tick = (now: number): void => {
      frames.push(now - before);
      before = now;
      if (!state.isOver) requestAnimationFrame(tick);
    };
    requestAnimationFrame((now) => {
      before = now;
      requestAnimationFrame(tick);
    });
  });
  await during();
  return page.evaluate(() => {
    const state = (globalThis as unknown as { benchFrames: { frames: number[]; isOver: boolean } })
      .benchFrames;
    state.isOver = true;
    return state.frames;
  });
}

/** Scrolls an element by so many pixels at every frame, for so many frames. */
export async function scroll(page: Page, selector: string, step: number, frames: number): Promise<void> {
  await page.evaluate(
    async ([query, pixels, count]) => {
      const element = document.querySelector(query);
      if (element === null) throw new Error(`Nothing scrolls at ${query}.`);
      for (let frame = 0; frame < count; frame += 1) {
        element.scrollTop += pixels;
        await new Promise(requestAnimationFrame);
      }
    },
    [selector, step, frames] as const,
  );
}

/** Megabytes of the page's heap that are still held after a collection. */
export async function heldMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1_048_576;
}
