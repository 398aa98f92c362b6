import { expect, it } from 'vitest';
import { chat } from './dialects/chat-dialect.ts';
import type { Dialect } from './dialect.ts';
import type { KeepRule } from './keeping/keep-rule.ts';
import { CompactManager } from './manager.ts';
import type { CompactPolicyInput } from './policy.ts';
import { conversation } from './testing/conversation.ts';

/** What the engine asks of its dialect and its counter, where a clock would only tell how busy the machine is. */
function watched(
  policy: CompactPolicyInput = {},
  maxContextTokens = 1_000_000,
  keep: readonly KeepRule[] = [],
) {
  const work = { read: 0, edited: 0, counted: 0, units: 0 };
  const dialect: Dialect<object> = {
    ...chat,
    inspect: (item) => ((work.read += 1), chat.inspect(item)),
    replaceText: (item, text) => ((work.edited += 1), chat.replaceText(item, text)),
  };
  const counter = {
    name: 'watched',
    basis: 'estimate' as const,
    count: (text: string) => ((work.counted += 1), (work.units += text.length), Math.ceil(text.length / 4)),
  };
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens,
    dialect,
    counter,
    policy,
    keep,
  });
  /** What a call cost. */
  const cost = async (items: readonly object[]) => {
    const before = { ...work };
    const result = await manager.preflight({ sessionId: 's', items });
    return {
      result,
      read: work.read - before.read,
      edited: work.edited - before.edited,
      counted: work.counted - before.counted,
      units: work.units - before.units,
    };
  };
  return { cost };
}

const sessionOf = (turns: number) =>
  conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}`,
      calls: [{ tool: 'read', input: `{"path":"${index}"}`, output: `line ${index} `.repeat(120) }],
      answer: `Answer ${index}`,
    })),
  );
const copyOf = (items: readonly object[]) => JSON.parse(JSON.stringify(items)) as readonly object[];

it('reads and counts each item once, and of a history that has grown what is new', async () => {
  const { cost } = watched();
  const items = sessionOf(50);
  expect(await cost(items.slice(0, -1))).toMatchObject({ read: 199, counted: 199 });
  expect(await cost(items.slice(0, -1))).toMatchObject({ read: 0, counted: 0 });
  expect(await cost(items)).toMatchObject({ read: 1, counted: 1 });
});

it('reads nothing again of a history that comes as a copy, and only what is new where one item was changed', async () => {
  const { cost } = watched();
  const items = sessionOf(50);
  await cost(items.slice(0, -1));
  expect(await cost(copyOf(items))).toMatchObject({ read: 1, counted: 1 });
  const changed = copyOf(items).with(3, { role: 'user', content: 'Something else' });
  expect(await cost(changed)).toMatchObject({ counted: 1 });
});

it('reads in a compaction the copies that it makes, and counts each text once', async () => {
  const { cost } = watched({ ladder: ['clear'], targetPct: 0.1 }, 12_000);
  const items = sessionOf(60);
  await cost(items.slice(0, 120));
  const { result, edited, read, counted } = await cost(items);
  expect(result.outcome).toBe('pruned_only');
  expect(edited).toBeGreaterThan(30);
  expect(edited).toBe(result.count.byFate.cleared);
  expect(read).toBe(120 + edited);
  // One placeholder says the same as another where the results were as long.
  expect(counted).toBeLessThanOrEqual(120 + edited);
});

it('counts after a compaction only what is new', async () => {
  const { cost } = watched({ ladder: ['digest'], targetPct: 0.3 }, 12_000);
  const items = sessionOf(60);
  expect((await cost(items)).result.outcome).toBe('compacted');
  const more = [...items, { role: 'user', content: 'And now?' }];
  expect(await cost(more)).toMatchObject({ read: 1, counted: 1 });
  expect(await cost(copyOf(more))).toMatchObject({ read: 0, counted: 0 });
});

it('asks a keep rule about each group once, however much the ladder lets go', async () => {
  for (const turns of [60, 240]) {
    let asked = 0;
    const keep = [{ name: 'own', keeps: () => ((asked += 1), false) }];
    const { cost } = watched({ ladder: ['digest'], targetPct: 0.01 }, 12_000, keep);
    const { result } = await cost(sessionOf(turns));
    expect(result.shortfall).toBeDefined();
    expect(asked).toBeGreaterThan(turns);
    expect(asked).toBeLessThanOrEqual(3 * turns + result.count.after);
  }
});
