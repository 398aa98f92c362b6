import { chat } from '@clew/core';
import { conversation } from '@clew/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { parseCondition } from './fail-if.ts';
import { namesIn } from './names-in.ts';
import { paretoFront } from './pareto.ts';
import { replaySession } from './replay-session.ts';
import type { Replay } from './replay-session.ts';

/** An agent that reads files, and in the end names the first of them again. */
const items = conversation([
  ...Array.from({ length: 30 }, (_, index) => ({
    user: `Please look at part ${index}.`,
    calls: [
      {
        tool: 'read',
        input: JSON.stringify({ path: `src/part-${index}/main.ts` }),
        output: `line ${index} `.repeat(300),
      },
    ],
    answer: `Part ${index} is done.`,
  })),
  {
    user: 'What was the first?',
    answer: 'It was src/part-0/main.ts, I think, and before it src/part-1/main.ts.',
  },
]);
const session = { format: 'chat', dialect: chat, items };
const settingOf = (policy: object) => ({ model: 'gpt-5', maxContextTokens: 8000, policy, prices: undefined });

const one: Replay = {
  calls: 10,
  peakTokens: 5000,
  overBudgetCount: 0,
  compactions: 1,
  sentTokens: 40_000,
  cacheEpochs: 2,
  retention: 0.9,
  needed: 10,
  lost: ['src/a.ts'],
};

describe('a replay', () => {
  it('asks before each call, and tells what was lost and needed later', async () => {
    const replay = await replaySession(session, settingOf({ ladder: ['digest'], keepRecentTurns: 2 }));
    expect(replay).toMatchObject({ calls: 61, overBudgetCount: 0, retention: 1, needed: 2, lost: [] });
    expect(replay.compactions).toBeGreaterThan(1);
    expect(replay.cacheEpochs).toBe(replay.compactions + 1);
    expect(replay.peakTokens).toBeLessThanOrEqual(8000 - 1500);
    expect(replay.sentTokens).toBeLessThanOrEqual(replay.calls * replay.peakTokens);
    const dropped = await replaySession(session, settingOf({ ladder: ['window'], keepRecentTurns: 2 }));
    expect(dropped).toMatchObject({ retention: 0, lost: ['src/part-0/main.ts', 'src/part-1/main.ts'] });
  });

  it('compacts nothing where all fits, and the same session gives the same figures', async () => {
    const wide = { ...settingOf({}), maxContextTokens: 400_000 };
    const first = await replaySession(session, wide);
    expect(first).toMatchObject({ compactions: 0, cacheEpochs: 1, retention: 1, needed: 0 });
    expect(await replaySession(session, wide)).toEqual(first);
  });
});

describe('a condition', () => {
  it.each([
    ['retention<0.95', true],
    [' retention >= 0.95 ', false],
    ['over_budget>0', false],
    ['compactions<=1', true],
    ['peak>4999', true],
    ['tokens>40000', false],
    ['cache_epochs>=2', true],
  ])('%s is read and asked of a replay', (text, holds) => {
    expect(parseCondition(text)(one)).toBe(holds);
  });

  it('asks of a cost only where one is known', () => {
    const condition = parseCondition('cost>1');
    expect(condition({ ...one, cost: { amount: 2, currency: 'USD' } })).toBe(true);
    expect(() => condition(one)).toThrow(/needs a cost/u);
  });

  it.each(['', 'retention', 'price<1', 'retention=1', 'retention<many', 'retention<1;'])(
    'is not %j',
    (text) => {
      expect(() => parseCondition(text)).toThrow(UsageError);
    },
  );
});

describe('the Pareto front', () => {
  it('has all that no other beats, and something that beats each other', () => {
    const replays = fc.array(fc.record({ sentTokens: fc.nat(5), retention: fc.nat(5) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(replays, (all) => {
        const front = paretoFront(all);
        expect(front.length).toBeGreaterThan(0);
        for (const each of all) {
          const beaten = front.some(
            (best) => best.sentTokens <= each.sentTokens && best.retention >= each.retention,
          );
          expect(beaten).toBe(true);
        }
      }),
    );
  });
});

describe('names', () => {
  it('are the URLs and the paths of files, once each', () => {
    const text =
      'See https://a.example/b/c.html. Then ./src/a.ts, /etc/x/y.conf:12 and src/a.ts; and/or 3/4, v1.2.';
    expect([...namesIn(text)]).toEqual([
      'https://a.example/b/c.html',
      './src/a.ts',
      '/etc/x/y.conf',
      'src/a.ts',
    ]);
  });
});
