import { describe, expect, it } from 'vitest';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import type { CompactPolicyInput } from '../policy.ts';
import { conversation } from '../testing/conversation.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import { writtenSummary } from '../testing/written-summary.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };

function setUp(policy: CompactPolicyInput = {}) {
  const observer = new RecordingObserver();
  let asked = 0;
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 10_000,
    dialect: chat,
    counter,
    observer,
    policy: { hardCapBuffer: 500, ...policy },
    summarizer: {
      name: 'counted',
      summarize: async () => {
        asked += 1;
        return { text: writtenSummary('- go on') };
      },
    },
  });
  return { manager, observer, asked: () => asked };
}

/** Instructions and tools that leave a small room above the trigger's share. */
const instructions = 'law '.repeat(8000);
const talk = (turns: number) =>
  conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `question ${index} `.repeat(10),
      calls: [{ tool: 'read', output: `line ${index} `.repeat(60) }],
      answer: 'done',
    })),
  );

describe('where what stays fills the window', () => {
  it('says futile, with what holds the room and what to change, and asks no model', async () => {
    const { manager, observer, asked } = setUp();
    const outcomes: string[] = [];
    for (let turns = 4; turns < 40; turns += 1) {
      const result = await manager.preflight({ sessionId: 's', items: talk(turns), instructions });
      outcomes.push(result.outcome);
      const budget = result.window.limitTokens - result.window.reserveTokens;
      expect(result.tokens.after).toBeLessThanOrEqual(budget);
    }
    expect(outcomes.filter((outcome) => outcome === 'futile').length).toBeGreaterThan(10);
    expect(asked()).toBeLessThanOrEqual(3 * Math.ceil(36 / 10));
    const futile = observer.runs.find(({ result }) => result?.outcome === 'futile');
    expect(futile?.result?.advice).toMatch(
      /would not help: .*instructions and tools 8000.*Send fewer or shorter tool schemas.*tried again at call/su,
    );
    expect(futile?.result?.thrash).toMatchObject({
      breaker: 'open',
      signals: ['small_reclaim'],
    });
    expect(futile?.steps.at(-1)).toMatchObject({
      name: 'trigger_decision',
      triggered: false,
      reason: expect.stringMatching(/^thrashing \(small_reclaim\): estimate/u),
    });
  });

  it('does what is asked by hand all the same', async () => {
    const { manager, asked } = setUp({ thrashCompactions: 1 });
    for (let turns = 4; turns < 12; turns += 1) {
      await manager.preflight({ sessionId: 's', items: talk(turns), instructions });
    }
    const before = asked();
    const result = await manager.compact({ sessionId: 's', items: talk(12), instructions });
    expect(result.outcome).toBe('compacted');
    expect(asked()).toBe(before + 1);
  });

  it('goes on from the stored state on any process', async () => {
    const { manager } = setUp();
    const states: unknown[] = [];
    const stored = new CompactManager<object>({
      model: 'test',
      maxContextTokens: 10_000,
      dialect: chat,
      counter,
      policy: { hardCapBuffer: 500 },
      store: {
        load: async () => JSON.parse(JSON.stringify(states.at(-1) ?? null)) as unknown,
        save: async (_, state) => void states.push(state),
      },
    });
    const outcomes = async (of: typeof manager) => {
      const all: string[] = [];
      for (let turns = 4; turns < 20; turns += 1) {
        all.push((await of.preflight({ sessionId: 's', items: talk(turns), instructions })).outcome);
      }
      return all.map((outcome) => outcome === 'futile');
    };
    expect(await outcomes(stored)).toContain(true);
  });
});

it('costs a healthy session nothing: no breaker, no word of it', async () => {
  const { manager, observer } = setUp();
  for (let turns = 1; turns < 120; turns += 1)
    await manager.preflight({ sessionId: 's', items: talk(turns) });
  const results = observer.runs.map(({ result }) => result);
  expect(results.filter((result) => result?.splice !== undefined).length).toBeGreaterThan(2);
  expect(results.filter((result) => result?.thrash !== undefined)).toEqual([]);
});
