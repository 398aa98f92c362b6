import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { Pacer } from './pacer.ts';

function paced() {
  const clock = new ManualClock();
  const pacer = new Pacer(clock);
  const ended: string[] = [];
  void pacer.idle(100).then(() => ended.push('idle'));
  void pacer.backOff(100).then(() => ended.push('backOff'));
  void pacer.wait(100).then(() => ended.push('wait'));
  return { clock, pacer, ended };
}

test('every pause ends when its time is over', async () => {
  const { clock, ended } = paced();
  await clock.advance(99);
  expect(ended).toEqual([]);
  await clock.advance(1);
  expect(ended).toEqual(['idle', 'backOff', 'wait']);
});

test('more work ends only the waiting for more work', async () => {
  const { clock, pacer, ended } = paced();
  pacer.wake();
  await clock.advance(0);
  expect(ended).toEqual(['idle']);
  expect(clock.waiting).toBe(2);
});

test('who hurries does not end what the receiver asked for', async () => {
  const { clock, pacer, ended } = paced();
  const calm = pacer.hurry();
  expect(pacer.isHurried).toBe(true);
  await clock.advance(0);
  expect(ended).toEqual(['idle', 'backOff']);
  calm();
  expect(pacer.isHurried).toBe(false);
});

test('a stop ends everything, and what would begin after it', async () => {
  const { clock, pacer, ended } = paced();
  pacer.stop();
  await pacer.wait(1000);
  await pacer.idle(0);
  await clock.advance(0);
  expect(ended).toEqual(['idle', 'backOff', 'wait']);
  expect(clock.waiting).toBe(0);
});
