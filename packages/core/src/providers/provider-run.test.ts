import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentItem } from '../dialects/agents-dialect.ts';
import { agents } from '../dialects/agents-dialect.ts';
import { CompactError } from '../errors.ts';
import { CompactManager } from '../manager.ts';
import type { CompactManagerOptions } from '../manager-options.ts';
import { MemorySessionStore } from '../memory-session-store.ts';
import { MemoryRunLog } from '../run-log/memory-run-log.ts';
import { RunLogReplay } from '../run-log/replay-run-log.ts';
import { brokenLaws } from '../testing/laws.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import { budgetOf } from '../window.ts';

const user = (content: string): AgentItem => ({ type: 'message', role: 'user', content });
const system = (content: string): AgentItem => ({ type: 'message', role: 'system', content });
const said = (text: string): AgentItem => ({
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text }],
});
const sealed = (name: string): AgentItem => ({
  type: 'compaction',
  encrypted_content: Buffer.from(name.repeat(400)).toString('base64'),
});
const talk = (turns: number, from = 0): readonly AgentItem[] =>
  Array.from({ length: turns }, (_, index) => [
    user(`Question ${from + index}: ${'why '.repeat(40)}`),
    said(`Answer ${from + index}: ${'because '.repeat(40)}`),
  ]).flat();

const route = { transport: 'openai_responses' } as const;

function managerOf(options: Partial<CompactManagerOptions<AgentItem>> = {}) {
  const observer = new RecordingObserver();
  const manager = new CompactManager<AgentItem>({
    model: 'gpt-5.2',
    maxContextTokens: 4000,
    dialect: agents,
    observer,
    ...options,
    policy: { hardCapBuffer: 200, providerMode: 'native', ...options.policy },
  });
  const stepsOf = () => observer.runs.map(({ steps }) => steps.map(({ name }) => name));
  return { manager, observer, stepsOf };
}

const ask = (manager: CompactManager<AgentItem>, items: readonly AgentItem[], more: object = {}) =>
  manager.preflight({ sessionId: 's', items, route, ...more });

async function report(manager: CompactManager<AgentItem>, items: readonly AgentItem[], item: AgentItem) {
  const result = await manager.reportProvider({ sessionId: 's', items, compaction: { item } });
  if (result === undefined) throw new Error('nothing was taken down');
  return result;
}

describe('where the provider compacts', () => {
  it('the engine leaves a prompt over the trigger alone, and keeps the budget', async () => {
    const { manager } = managerOf();
    const over = await ask(manager, talk(36));
    expect(over.tokens.before).toBeGreaterThan(over.window.triggerTokens);
    expect(over.tokens.before).toBeLessThan(budgetOf(over.window));
    expect(over.outcome).toBe('noop_below');
    expect(over.provider).toEqual({
      mode: 'native',
      used: 'native',
      ask: { compaction: { thresholdTokens: over.window.triggerTokens } },
    });

    const guarded = await ask(manager, talk(60));
    expect(guarded).toMatchObject({ rule: 'hard_limit', outcome: 'compacted' });
    expect(guarded.tokens.after).toBeLessThanOrEqual(guarded.window.targetTokens);
  });

  it('what it compacted is a run of its own: the same ledger and steps, both laws, and no text that nobody told', async () => {
    const { manager, stepsOf } = managerOf();
    const before = talk(10);
    await ask(manager, before);
    const result = await report(manager, before, sealed('a'));

    expect(result).toMatchObject({
      phase: 'provider',
      trigger: 'provider',
      outcome: 'compacted',
      sequence: 1,
      callIndex: 1,
      count: { before: 20, after: 1, inserted: 1 },
      coverage: { seen: 20, visible: 0, summarized: 20, dropped: 0 },
      summary: { version: 1, by: 'provider', text: '' },
      provider: { mode: 'native', used: 'native', report: { compacted: true } },
    });
    expect(result.items).toEqual([sealed('a')]);
    expect(new Set(result.met.map(({ reason }) => reason))).toEqual(new Set(['provider_compaction']));
    expect(brokenLaws(result)).toEqual([]);
    expect(stepsOf().at(-1)).toEqual([
      'token_estimate',
      'trigger_decision',
      'summary_created',
      'pruned_messages',
    ]);
  });

  it.each([
    ['with its item first, as the SDK sends it', [] as readonly AgentItem[]],
    ['with the whole history', talk(10)],
  ])('the next call goes on from there, %s', async (_, head) => {
    const { manager } = managerOf();
    await ask(manager, talk(10));
    await report(manager, talk(10), sealed('a'));
    const next = await ask(manager, [...head, sealed('a'), ...talk(2, 10)]);

    expect(next.items).toEqual([sealed('a'), ...talk(2, 10)]);
    expect(next).toMatchObject({ reapplied: 'applied', coverage: { seen: 24, visible: 4, summarized: 20 } });
    expect(brokenLaws(next)).toEqual([]);
  });

  it('the engine never takes the provider’s item away: the guard compacts what stands behind it', async () => {
    const { manager } = managerOf();
    await ask(manager, talk(10));
    await report(manager, talk(10), sealed('a'));
    const guarded = await ask(manager, [sealed('a'), ...talk(60, 10)]);

    expect(guarded.outcome).toBe('compacted');
    expect(guarded.items[0]).toEqual(sealed('a'));
    expect(guarded.met[0]).toMatchObject({ fate: 'protected', reason: 'provider_compaction' });
    expect(brokenLaws(guarded)).toEqual([]);
    const again = await ask(manager, [sealed('a'), ...talk(60, 10), user('Go on.')]);
    expect(again.reapplied).toBe('applied');
    expect(again.items[0]).toEqual(sealed('a'));
    expect(brokenLaws(again)).toEqual([]);
  });

  it('a second one stands for the first, in the lineage', async () => {
    const { manager } = managerOf();
    await ask(manager, talk(10));
    const first = await report(manager, talk(10), sealed('a'));
    const grown = [sealed('a'), ...talk(5, 10)];
    await ask(manager, grown);
    const second = await report(manager, grown, sealed('b'));

    expect(second.items).toEqual([sealed('b')]);
    expect(second.summary).toMatchObject({ version: 2, parentId: first.summary?.id });
    expect(second.coverage).toEqual({ seen: 30, visible: 0, summarized: 30, dropped: 0 });
    expect(brokenLaws(second)).toEqual([]);
  });

  it('what may never leave is sent again behind its item', async () => {
    const { manager } = managerOf();
    const rule = system('Never deploy on a Friday.');
    const before = [rule, ...talk(10)];
    await ask(manager, before);
    const result = await report(manager, before, sealed('a'));
    expect(result.items).toEqual([sealed('a'), rule]);
    expect(result.met[0]).toMatchObject({ fate: 'protected', reason: 'role_system' });
    expect(brokenLaws(result)).toEqual([]);

    const next = await ask(manager, [sealed('a'), user('Go on.')]);
    expect(next.items).toEqual([sealed('a'), rule, user('Go on.')]);
    expect(next.coverage).toEqual({ seen: 22, visible: 2, summarized: 20, dropped: 0 });
  });

  it('the log of the conversation has it, and gives the context again', async () => {
    const log = new MemoryRunLog();
    const { manager } = managerOf({ runLog: { log } });
    const logged = async () => {
      await manager.flush();
      const replay = new RunLogReplay();
      for await (const line of log.read('s', new AbortController().signal)) replay.push(line);
      return replay.context.map(({ item }) => item);
    };
    await ask(manager, talk(10));
    const result = await report(manager, talk(10), sealed('a'));
    expect(await logged()).toEqual(result.items);
    const next = await ask(manager, [sealed('a'), user('Go on.')]);
    expect(await logged()).toEqual(next.items);
  });

  it('survives the process', async () => {
    const store = new MemorySessionStore();
    const { manager } = managerOf({ store });
    await ask(manager, talk(10));
    await report(manager, talk(10), sealed('a'));
    const kept: unknown = JSON.parse(JSON.stringify(await store.load('s')));
    const other = new MemorySessionStore();
    await other.save('s', kept);
    const next = await ask(managerOf({ store: other }).manager, [sealed('a'), user('Go on.')]);
    expect(next).toMatchObject({ reapplied: 'applied', coverage: { seen: 21, summarized: 20 } });
  });

  it('both laws hold over random sessions of calls, compactions of both kinds and growth', async () => {
    const step = fc.record({
      grow: fc.integer({ min: 1, max: 30 }),
      isNative: fc.boolean(),
      isWhole: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const { manager } = managerOf();
        let items: readonly AgentItem[] = [];
        for (const [index, { grow, isNative, isWhole }] of steps.entries()) {
          items = [...items, ...talk(grow, index * 100)];
          expect(brokenLaws(await ask(manager, items))).toEqual([]);
          if (!isNative) continue;
          const item = sealed(String(index));
          const result = await report(manager, items, item);
          expect(brokenLaws(result)).toEqual([]);
          expect(result.items).toEqual([item]);
          items = isWhole ? [...items, item] : [item];
        }
      }),
      { numRuns: 40 },
    );
  }, 20_000);
});

it('what the provider cleared is told as far as it tells it, and once', async () => {
  const { manager } = managerOf();
  await ask(manager, talk(5));
  const cleared = { clearedToolUses: 3, clearedInputTokens: 1200 };
  const told = await manager.reportProvider({ sessionId: 's', items: talk(5), cleared });
  expect(told).toMatchObject({
    phase: 'provider',
    outcome: 'pruned_only',
    advice:
      'The provider cleared 3 tool results, 1200 tokens, for its call alone. Which ones, it does not tell.',
    provider: { report: cleared },
    count: { byFate: { kept: 10, cleared: 0 } },
  });
  if (told !== undefined) expect(brokenLaws(told)).toEqual([]);
  expect(await manager.reportProvider({ sessionId: 's', items: talk(5), cleared })).toBeUndefined();
});

it('a fallback is a step, once for as long as it is so, and in every result', async () => {
  const { manager, stepsOf, observer } = managerOf();
  const plain = { route: {} };
  const results = [
    await ask(manager, talk(3), plain),
    await ask(manager, talk(4), plain),
    await ask(manager, talk(5)),
    await ask(manager, talk(6), plain),
  ];
  expect(results.map(({ provider }) => provider?.used)).toEqual(['local', 'local', 'native', 'local']);
  expect(stepsOf().map((names) => names.includes('error'))).toEqual([true, false, false, true]);
  expect(observer.runs[0]?.steps.find(({ name }) => name === 'error')).toMatchObject({
    errorType: 'native_unavailable',
    fallback: 'local',
    message: 'The API by which gpt-5.2 is called has no parameter for it.',
  });
  // Then the engine compacts at the trigger of the policy, as if it had been asked from the beginning.
  const local = await ask(manager, talk(41), plain);
  expect(local).toMatchObject({ rule: 'threshold', outcome: 'compacted' });
});

describe('where the provider holds the history', () => {
  const managed = { ...route, isServerManaged: true };

  it.each([
    ['local', 'gpt-5.2', managed, /Set policy\.providerMode to 'auto' or 'native'/u],
    ['auto', 'gpt-5.2', { isServerManaged: true }, /has no parameter for it.*use a session/u],
    ['auto', 'mine', managed, /Nothing is known/u],
    ['native', 'gemini-2.5-pro', managed, /does not compact by itself/u],
  ] as const)(
    '%s with %s is refused, and the message says what to do',
    (providerMode, model, given, message) => {
      const { manager } = managerOf({ model, policy: { providerMode } });
      const work = () => manager.providerUse({ route: given });
      expect(work).toThrow(message);
      try {
        work();
      } catch (error) {
        expect(CompactError.isInstance(error) && error.code).toBe('server_managed_state');
      }
    },
  );

  it('auto asks the provider', () => {
    const { manager } = managerOf({ policy: { providerMode: 'auto' } });
    expect(manager.providerUse({ route: managed })).toMatchObject({ used: 'native' });
  });
});
