import { CompactManager, chat } from '@clew/core';
import type { ChatItem } from '@clew/core';
import { managerAtTrigger } from './compaction.ts';
import type { Line } from './line.ts';
import { sessionOf, textOf } from './session.ts';
import { timingOf } from './timing.ts';

/** The longest time that the event loop is held while the work is under way, in milliseconds. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let isOver = false;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  await new Promise((resolve) => setTimeout(resolve, 50));
  longest = 0;
  await work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  isOver = true;
  return longest;
}

const newManager = () => new CompactManager({ model: 'gpt-5', maxContextTokens: 100_000_000, dialect: chat });
const asked = '20';

/** Has to come first in a process: nothing is read and nothing is compiled yet. */
export async function coldHold(): Promise<Line> {
  const items = sessionOf(4000);
  const held = await longestHold(() => newManager().preflight({ sessionId: 's', items }));
  return { name: 'cold start: rank table and first look at 4000 items', ours: timingOf([held]), asked };
}

export async function holds(rounds: number): Promise<readonly Line[]> {
  const longest = async (name: string, prepare: (round: number) => Promise<() => Promise<unknown>>) => {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) samples.push(await longestHold(await prepare(round)));
    return { name, ours: timingOf(samples), asked };
  };
  const big = (round: number): ChatItem => ({ role: 'user', content: textOf(3_000_000, round) });
  return [
    await longest('first look at 4000 items', async () => {
      const items = sessionOf(4000);
      return () => newManager().preflight({ sessionId: 's', items });
    }),
    await longest('one message of 3 MB, alone', async (round) => {
      const items = [big(round)];
      return () => newManager().preflight({ sessionId: 's', items });
    }),
    await longest('one message of 3 MB more in a session of 4000', async (round) => {
      const manager = newManager();
      const items = sessionOf(4000);
      await manager.preflight({ sessionId: 's', items });
      const grown = [...items, big(round)];
      return () => manager.preflight({ sessionId: 's', items: grown });
    }),
    ...(await compactionHolds(longest)),
  ];
}

async function compactionHolds(
  longest: (name: string, prepare: (round: number) => Promise<() => Promise<unknown>>) => Promise<Line>,
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const count of [4000, 16_000]) {
    for (const ladder of ['clear, trim, window', 'summariser'] as const) {
      const items = sessionOf(count);
      const manager = await managerAtTrigger(items, ladder);
      const line = await longest(`compaction of ${count} items: ${ladder}`, async (round) => {
        const sessionId = `s${round}`;
        await manager.preflight({ sessionId, items: items.slice(0, -1) });
        return () => manager.preflight({ sessionId, items });
      });
      lines.push(line);
    }
  }
  return lines;
}
