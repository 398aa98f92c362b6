import { CompactManager, chat } from '@clew/core';
import { sessionOf } from './session.ts';

/** The longest time that the event loop was held by the first look at a session, tables included, in milliseconds. */
export async function loopHold(count: number): Promise<number> {
  const items = sessionOf(count);
  const manager = new CompactManager({ model: 'gpt-5', maxContextTokens: 1_000_000, dialect: chat });
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
  await manager.preflight({ sessionId: 's', items });
  await new Promise((resolve) => setTimeout(resolve, 20));
  isOver = true;
  return longest;
}
