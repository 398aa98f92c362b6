import { describe, expect, it } from 'vitest';
import { atOnce, inSlices } from './in-slices.ts';

function* busy(millis: number): Generator<void, string> {
  const until = performance.now() + millis;
  while (performance.now() < until) yield;
  return 'done';
}

describe('work in slices', () => {
  it('comes to what it comes to at once', async () => {
    expect(atOnce(busy(2))).toBe('done');
    expect(await inSlices(busy(2))).toBe('done');
  });

  it('lets other tasks run in between', async () => {
    let others = 0;
    const timer = setInterval(() => (others += 1), 1);
    await inSlices(busy(80));
    clearInterval(timer);
    expect(others).toBeGreaterThan(0);
  });

  it('ends where it is aborted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    expect(await inSlices(busy(60_000), controller.signal)).toBeUndefined();
  });
});
