import { describe, expect, it } from 'vitest';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import type { CompactResult } from '../result.ts';
import { conversation } from '../testing/conversation.ts';
import { brokenLaws } from '../testing/laws.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import type { BeforeCompaction, CompactionHooks } from './compaction-hooks.ts';

const counter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text) => Math.ceil(text.length / 4),
};
const talk = (turns: number) =>
  conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(60)}`,
      answer: `Answer ${index}: ${'because '.repeat(30)}`,
    })),
  );
/** Past the trigger, below the budget. */
const long = talk(26);

async function runWith(hooks: CompactionHooks<object>, items: readonly object[] = long) {
  const observer = new RecordingObserver();
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter,
    observer,
    hooks,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
  });
  const result = await manager.preflight({ sessionId: 's', items });
  expect(brokenLaws(result)).toEqual([]);
  const steps = observer.runs[0]?.steps ?? [];
  const errors = steps.flatMap((step) => (step.name === 'error' ? [step.errorType] : []));
  return { result, errors, manager, steps };
}

describe('the hook before a compaction', () => {
  it('is told what is about to leave, and awaited', async () => {
    let told: BeforeCompaction<object> | undefined;
    const memory: object[] = [];
    const { result, errors, steps } = await runWith({
      beforeCompaction: async (context) => {
        told = context;
        await Promise.resolve();
        memory.push(...context.leaving.map(({ item }) => item));
      },
    });
    const gone = result.ledger.filter(({ fate }) => fate === 'summarized');
    expect(told).toMatchObject({ sessionId: 's', runId: result.id, sequence: 1, trigger: 'threshold' });
    expect(told?.leaving.map(({ id }) => id)).toEqual(gone.map(({ id }) => id));
    expect(memory).toEqual(gone.map(({ index = -1 }) => long[index]));
    expect(errors).toEqual([]);
    // The decision is on the screen before the application is asked.
    expect(steps.map(({ name }) => name).slice(0, 2)).toEqual(['token_estimate', 'trigger_decision']);
  });

  it('is not asked where nothing would happen', async () => {
    let asked = 0;
    const { result } = await runWith({ beforeCompaction: () => void (asked += 1) }, talk(3));
    expect(result.outcome).toBe('noop_below');
    expect(asked).toBe(0);
  });

  it('may object', async () => {
    const { result } = await runWith({ beforeCompaction: () => ({ veto: 'in the midst of a demo' }) });
    expect(result).toMatchObject({
      outcome: 'noop_nothing',
      advice: "The application's hook objected: in the midst of a demo",
    });
    expect(result.items).toEqual(long);
  });

  it('is not heard where the prompt would not fit', async () => {
    const { result, errors } = await runWith({ beforeCompaction: () => ({ veto: 'no' }) }, talk(40));
    expect(result.outcome).toBe('compacted');
    expect(errors).toEqual(['hook_veto_overridden']);
  });

  it('may have items pinned first, which stay for good', async () => {
    const pin = long[2] ?? {};
    const { result, manager } = await runWith({ beforeCompaction: () => ({ pin: [pin] }) });
    expect(result.outcome).toBe('compacted');
    expect(result.items).toContainEqual(pin);
    const later = await manager.preflight({ sessionId: 's', items: talk(60) });
    expect(later.sequence).toBe(2);
    expect(later.items).toContainEqual(pin);
  });

  it('stops nobody by failing, and is recorded', async () => {
    const { result, errors } = await runWith({
      beforeCompaction: () => Promise.reject(new Error('memory is down')),
    });
    expect(result.outcome).toBe('compacted');
    expect(errors).toEqual(['hook_failed']);
  });

  it('is waited for no longer than its limit, and told so by its signal', async () => {
    let isStopped = false;
    const { result, errors } = await runWith({
      beforeTimeoutMillis: 20,
      beforeCompaction: (_context, signal) =>
        new Promise(() => signal.addEventListener('abort', () => (isStopped = true))),
    });
    expect(result.outcome).toBe('compacted');
    expect(errors).toEqual(['hook_timeout']);
    expect(isStopped).toBe(true);
  });
});

describe('the hook after a compaction', () => {
  it('gets the result, and only of what changed the context', async () => {
    const told: CompactResult<object>[] = [];
    const hooks = { afterCompaction: (result: CompactResult<object>) => told.push(result) };
    await runWith(hooks, talk(3));
    expect(told).toEqual([]);
    const { result } = await runWith(hooks);
    expect(told).toEqual([result]);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('no')), 'hook_failed'],
    ['hangs', () => new Promise(() => {}), 'hook_timeout'],
  ])('stops nobody where it %s', async (_how, afterCompaction, expected) => {
    const { result, errors } = await runWith({ afterCompaction, afterTimeoutMillis: 20 });
    expect(result.outcome).toBe('compacted');
    expect(errors).toEqual([expected]);
  });
});
