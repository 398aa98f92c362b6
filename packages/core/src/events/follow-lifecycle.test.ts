import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import type { CompactManagerOptions } from '../manager-options.ts';
import { MemorySessionStore } from '../memory-session-store.ts';
import { recoverFromOverflow } from '../overflow/recover-from-overflow.ts';
import type { LadderStep } from '../policy.ts';
import type { CompactResult } from '../result.ts';
import { conversation } from '../testing/conversation.ts';
import type { ChatItem } from '../testing/conversation.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import { ScriptedSummarizer } from '../testing/scripted-summarizer.ts';
import { writtenSummary } from '../testing/written-summary.ts';
import { LifecycleEvent } from './lifecycle-event.ts';
import { MemoryCompacted, memoryCompactedOf } from './memory-compacted.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };
const text = writtenSummary('- go on with the talk');
const numRuns = Number(process.env['CLEW_PROPERTY_RUNS'] ?? 40);

function talk(turns: number, output = 10): readonly ChatItem[] {
  return conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(40)}`,
      calls: [
        { tool: index % 2 === 0 ? 'read' : 'search', output: `line ${index} `.repeat(output) },
        { tool: 'edit', output: 'done' },
      ],
      answer: `Answer ${index}: ${'because '.repeat(15)}`,
    })),
    'Be exact.',
  );
}

function setup(options: Partial<CompactManagerOptions<object>> = {}) {
  let number = 0;
  let clock = 1_700_000_000_000;
  const observer = new RecordingObserver();
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter,
    observer,
    newId: () => `id-${(number += 1)}`,
    now: () => (clock += 5),
    ...options,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300, ...options.policy },
  });
  const events: LifecycleEvent[] = [];
  manager.events.subscribe((event) => events.push(event));
  return { manager, observer, events };
}

const changesOf = (result: CompactResult<unknown>) =>
  result.met.filter(({ fate }) => fate !== 'kept' && fate !== 'protected');

describe('the lifecycle of a compaction', () => {
  it('is told as it happens: what is meant to leave, then what has left', async () => {
    const summarizer = new ScriptedSummarizer([{ text }]);
    const policy = {
      triggerTurns: 30,
      excludeTools: ['search'],
      ladder: ['trim' as const, 'summarize' as const],
    };
    const { manager, events } = setup({ summarizer, policy });
    const early = await manager.preflight({ sessionId: 's', items: talk(20), agent: 'Ada', provider: 'p' });
    expect(early.outcome).toBe('noop_below');
    expect(events).toEqual([]);

    const result = await manager.preflight({ sessionId: 's', items: talk(34), agent: 'Ada', provider: 'p' });
    expect(result.outcome).toBe('compacted');
    const shared = {
      schema_version: 1,
      session_id: 's',
      run_id: result.id,
      call_index: 2,
      trigger: 'threshold',
      phase: 'preflight',
      model: 'test',
      agent: 'Ada',
      provider: 'p',
    };
    expect(events).toEqual([
      {
        ...shared,
        id: `${result.id}.started`,
        sequence: 1,
        at: expect.stringMatching(/Z$/u),
        type: 'context.compaction.started',
        rule: result.rule,
        reason: expect.any(String),
        strategy: 'task_state',
        planned_count: changesOf(result).length,
        tokens_before: result.tokens.before,
        tokens_limit: 4000,
        tokens_trigger: result.window.triggerTokens,
        tokens_target: result.window.targetTokens,
      },
      {
        ...shared,
        id: `${result.id}.completed`,
        sequence: 2,
        at: expect.stringMatching(/Z$/u),
        type: 'context.compaction.completed',
        rule: result.rule,
        outcome: 'compacted',
        duration_millis: expect.any(Number),
        payload: {
          strategy: 'task_state',
          compacted_count: changesOf(result).length,
          compacted_call_ids: [...new Set(changesOf(result).flatMap(({ pair }) => pair ?? []))],
          compacted_tool_names: ['read', 'edit', 'search'],
          keep_turns: 6,
          trigger_turns: 30,
          clear_tool_inputs: false,
          excluded_tools: ['search'],
          total_items_before: talk(34).length,
          total_items_after: result.items.length,
          turns_before: 34,
          turns_after: result.items.filter((item) => Reflect.get(item, 'role') === 'user').length,
          tokens_basis: 'estimate',
          tokens_before: result.tokens.before,
          tokens_after: result.tokens.after,
          token_delta: result.tokens.after - result.tokens.before,
          attempts: 1,
          steps: [...result.steps],
          fallbacks: [],
          summary_id: result.summary?.id,
          summary_version: 1,
          summary_tokens: result.summary?.tokens,
          sections: {
            included: ['system', 'summary'],
            truncated: ['user', 'assistant', 'tool_calls', 'tool_results'],
            omitted: [],
          },
        },
      },
    ]);
  });

  it('names the fallbacks of one whose summariser failed, and its turn in the same stream', async () => {
    const summarizer = new ScriptedSummarizer([new Error('down')]);
    const policy = { summaryRetries: 0, ladder: ['summarize' as const, 'digest' as const] };
    const { manager, events } = setup({ summarizer, policy });
    const result = await manager.preflight({ sessionId: 's', items: talk(34) });
    expect(result.outcome).toBe('fallback');
    expect(events.map(({ type }) => type)).toEqual([
      'context.compaction.started',
      'context.compaction.completed',
    ]);
    expect(events[1]).toMatchObject({ outcome: 'fallback', payload: { fallbacks: ['pruning-only'] } });
  });

  it('fails where what was begun comes to nothing, and alone where it could not be begun', async () => {
    const veto = setup({ hooks: { beforeCompaction: () => ({ veto: 'not now' }) } });
    await veto.manager.preflight({ sessionId: 's', items: talk(29) });
    expect(veto.events.map(({ type }) => type)).toEqual([
      'context.compaction.started',
      'context.compaction.failed',
    ]);
    expect(veto.events[1]).toMatchObject({
      outcome: 'noop_nothing',
      error_type: 'noop_nothing',
      payload: { compacted_count: 0, compacted_call_ids: [], token_delta: 0 },
    });

    const { manager, events } = setup();
    const orphan = { role: 'tool', tool_call_id: 'nobody', content: 'x'.repeat(16_000) };
    await manager.preflight({ sessionId: 's', items: [...talk(2), orphan] });
    expect(events).toMatchObject([
      { type: 'context.compaction.failed', outcome: 'invalid', error_type: 'malformed_items' },
    ]);
  });

  it('of one prepared ahead is of the phase background, and an undo is none', async () => {
    const summarizer = new ScriptedSummarizer([{ text }]);
    const policy = { prepareAheadPct: 0.7, ladder: ['summarize' as const] };
    const { manager, events, observer } = setup({ summarizer, policy });
    await manager.preflight({ sessionId: 's', items: talk(26) });
    await vi.waitFor(() => expect(observer.runs[1]?.steps).toHaveLength(4));
    await manager.preflight({ sessionId: 's', items: talk(34) });
    expect(events.map(({ type, ...event }) => [type, 'phase' in event && event.phase])).toEqual([
      ['context.compaction.started', 'background'],
      ['context.compaction.completed', 'background'],
    ]);
    await manager.undo('s');
    await manager.preflight({ sessionId: 's', items: talk(26) });
    expect(observer.runs.map(({ start }) => start.phase)).toContain('undo');
    expect(events).toHaveLength(2);
  });

  it('tells of a refused prompt what was tried, and that it helped', async () => {
    const { manager, events } = setup({ maxContextTokens: 40_000 });
    const refuse = async (items: readonly object[], limit: number) => {
      const tokens = Math.ceil(JSON.stringify(items).length / 4);
      if (tokens <= limit) return tokens;
      throw Object.assign(new Error(`prompt is too long: ${tokens} tokens > ${limit} maximum`), {
        status: 400,
      });
    };
    const call = async (sessionId: string, limit: number) => {
      const request = { sessionId, items: talk(40) };
      const { items } = await manager.preflight(request);
      return recoverFromOverflow({ manager, request, items, send: (sent) => refuse(sent, limit) });
    };
    await call('s', 3000);
    const recovery = events.filter(({ type }) => type === 'context.overflow.recovery');
    expect(recovery).toMatchObject([
      { status: 'attempted', attempt: 1, step: 'compact', is_smaller: true, tokens_limit: 3000 },
      { status: 'recovered', attempt: 1, step: 'compact', kind: 'tokens' },
    ]);
    expect(events.map(({ type }) => type).slice(0, 2)).toEqual([
      'context.compaction.started',
      'context.compaction.completed',
    ]);

    await expect(call('t', 10)).rejects.toMatchObject({ status: 400 });
    expect(events.at(-1)).toMatchObject({ session_id: 't', status: 'unrecovered' });
    // Without an overflow, nothing is settled.
    const before = events.length;
    await call('u', 100_000);
    expect(events.slice(before)).toEqual([]);
  });
});

const Scene = fc.record({
  turns: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
  output: fc.integer({ min: 1, max: 120 }),
  answers: fc.array(fc.constantFrom('written', 'empty', 'fails'), { maxLength: 6 }),
  ladder: fc.constantFrom<readonly LadderStep[]>(
    ['clear', 'summarize', 'digest'],
    ['summarize'],
    ['clear', 'trim', 'window'],
  ),
  byHand: fc.boolean(),
  ahead: fc.boolean(),
});

it(
  'pairs each start with one end, in order, by the results themselves, whatever the session',
  { timeout: 20_000 + numRuns * 200 },
  async () => {
    await fc.assert(
      fc.asyncProperty(Scene, async ({ turns, output, answers, ladder, byHand, ahead }) => {
        const summarizer = new ScriptedSummarizer(
          answers.map((answer) =>
            answer === 'fails' ? new Error('down') : { text: answer === 'empty' ? '' : text },
          ),
        );
        const { manager, events, observer } = setup({
          summarizer,
          store: new MemorySessionStore(),
          sleep: async () => {},
          policy: {
            ladder: [...ladder],
            ...(ladder.includes('window') && { summaryMaxTokens: undefined }),
            ...(ahead && !ladder.includes('window') && { prepareAheadPct: 0.6 }),
          },
        });
        for (const count of turns.toSorted((left, right) => left - right)) {
          const items = talk(count, output);
          await (byHand
            ? manager.compact({ sessionId: 's', items })
            : manager.preflight({ sessionId: 's', items }));
        }
        manager.close();
        await vi.waitFor(() => expect(observer.runs.every(({ result }) => result)).toBe(true));
        expect(events.map((event) => LifecycleEvent.parse(event))).toEqual(events);
        expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
        for (const { start, result } of observer.runs) {
          const own = events.filter((event) => 'run_id' in event && event.run_id === start.id);
          const kinds = own.map(({ type }) => type.split('.')[2]);
          const isChanged = result?.splice !== undefined;
          expect(
            isChanged ? [['started', 'completed']] : [[], ['started', 'failed'], ['failed']],
          ).toContainEqual(kinds);
          const last = own.at(-1);
          if (last?.type !== 'context.compaction.completed' || result === undefined) continue;
          expect(MemoryCompacted.parse(memoryCompactedOf(last))).toMatchObject({
            run_item_type: 'memory_compaction',
            payload: {
              total_items_before: result.count.before,
              total_items_after: result.items.length,
              compacted_count: changesOf(result).length,
              token_delta: result.tokens.after - result.tokens.before,
              summary_id: result.summary?.id ?? null,
            },
          });
        }
      }),
      { numRuns },
    );
  },
);
