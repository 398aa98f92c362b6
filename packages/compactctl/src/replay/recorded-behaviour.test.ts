import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chat } from '@clew/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSession } from '../sessions/read-session.ts';
import { billedSession } from './billed-session.fixture.ts';
import { recordedBehaviour } from './recorded-behaviour.ts';
import { recordedCalls } from './recorded-calls.ts';
import { replaySession } from './replay-session.ts';

const steps = fc
  .array(
    fc.record({
      added: fc.integer({ min: 1, max: 4000 }),
      output: fc.integer({ min: 1, max: 900 }),
      isCold: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map(([first = { added: 1, output: 1, isCold: true }, ...rest]) => [{ ...first, isCold: true }, ...rest]);

describe('the cost model', () => {
  it('makes the bill of any recorded session out of its prompts, and of when its cache had forgotten', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { items, bill } = billedSession(all);
        const found = recordedBehaviour({ items }, undefined);
        expect(found?.calls).toBe(all.length);
        expect(found?.bill).toBeCloseTo(bill, 9);
        expect(found?.modelled).toBeCloseTo(bill, 9);
      }),
    );
  });

  it('charges a policy that never compacts what was charged', async () => {
    const { items, bill } = billedSession(
      Array.from({ length: 12 }, (_, index) => ({ added: 400, output: 50, isCold: index % 5 === 0 })),
    );
    const session = { format: 'pi', dialect: chat, items };
    const setting = { model: 'claude-sonnet-4-5', maxContextTokens: 200_000, policy: {}, prices: undefined };
    const { cost, ...replay } = await replaySession(session, setting);
    expect(cost?.currency).toBe('USD');
    expect(cost?.amount).toBeCloseTo(bill, 9);
    expect(replay).toMatchObject({ calls: 12, compactions: 0, peakTokens: 4800, sentTokens: 400 * 78 });
  });

  it('takes the user’s prices where there are some, and says nothing where one is missing', () => {
    const { items, bill } = billedSession([{ added: 1000, output: 10, isCold: true }]);
    const twice = { input: 6, cachedInput: 0.6, cacheWrite: 7.5, output: 30 };
    const prices = { currency: 'EUR', models: { 'claude-sonnet-4-5': twice } };
    expect(recordedBehaviour({ items }, prices)?.currency).toBe('EUR');
    expect(recordedBehaviour({ items }, prices)?.modelled).toBeCloseTo(2 * bill, 9);
    const none = recordedBehaviour({ items }, { currency: 'EUR', models: {} });
    expect(none).not.toHaveProperty('modelled');
  });

  const recorded = fileURLToPath(
    new URL('../../../../../shared/data/pi-large-session.jsonl', import.meta.url),
  );
  it.skipIf(!existsSync(recorded))(
    'reproduces the bill of a real session within 2 % (skipped without the recording)',
    async () => {
      const found = recordedBehaviour(await readSession(recorded), undefined);
      expect(found?.bill).toBeCloseTo(30.33, 2);
      expect(Math.abs(found?.error ?? 1)).toBeLessThan(0.02);
    },
  );
});

describe('the calls of a recording', () => {
  it('are the answers with a usage, their prompts as if the recorder had never compacted', () => {
    const { items } = billedSession([
      { added: 5000, output: 10, isCold: true },
      { added: 1000, output: 10, isCold: false },
      { added: -4000, output: 10, isCold: true },
      { added: 300, output: 10, isCold: false },
    ]);
    const views = items.map((item) => chat.inspect(item));
    expect(
      recordedCalls({ format: 'pi', dialect: chat, items }, views).map((call) => call.wholeTokens),
    ).toEqual([5000, 6000, 6000, 6300]);
  });

  it('are the first answers after something else where the recording has no usage', () => {
    const items = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'assistant', content: 'c' },
      { role: 'user', content: 'd' },
      { role: 'assistant', content: 'e' },
    ];
    const views = items.map((item) => chat.inspect(item));
    const calls = recordedCalls({ format: 'chat', dialect: chat, items }, views);
    expect(calls).toEqual([{ index: 1 }, { index: 4 }]);
  });
});
