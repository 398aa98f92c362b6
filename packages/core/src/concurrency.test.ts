import { describe, expect, it } from 'vitest';
import type { Counter } from './counter.ts';
import { chat } from './dialects/chat-dialect.ts';
import { CompactManager } from './manager.ts';
import type { CompactManagerOptions } from './manager-options.ts';
import { conversation } from './testing/conversation.ts';
import { brokenLaws } from './testing/laws.ts';
import { RecordingObserver } from './testing/recording-observer.ts';
import { ScriptedSummarizer } from './testing/scripted-summarizer.ts';
import { writtenSummary } from './testing/written-summary.ts';

const counter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text) => Math.ceil(text.length / 4),
};

function managerOf(options: Partial<CompactManagerOptions<object>>) {
  return new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter,
    ...options,
  });
}

/** Past the trigger of 3,400. */
const items = conversation(
  Array.from({ length: 36 }, (_, index) => ({
    user: `Question ${index}: ${'why '.repeat(60)}`,
    answer: `Answer ${index}: ${'because '.repeat(15)}`,
  })),
);

describe('two calls of one session at once', () => {
  it('run one after the other, and the second finds what the first did', async () => {
    const manager = managerOf({ summarizer: new ScriptedSummarizer([{ text: writtenSummary('- go on') }]) });
    const [first, second] = await Promise.all([
      manager.preflight({ sessionId: 's', items }),
      manager.preflight({ sessionId: 's', items }),
    ]);
    expect(first.outcome).toBe('compacted');
    expect(second).toMatchObject({ outcome: 'noop_below', reapplied: 'applied', callIndex: 2 });
    expect(second.items).toEqual(first.items);
  });

  it('do not hold each other for ever: the second is let go with its context as it was', async () => {
    const abort = new AbortController();
    const observer = new RecordingObserver();
    const manager = managerOf({
      summarizer: new ScriptedSummarizer([() => new Promise(() => {})]),
      lockTimeoutMillis: 20,
      observer,
    });
    const first = manager.preflight({ sessionId: 's', items, signal: abort.signal });
    const second = await manager.preflight({ sessionId: 's', items });
    expect(second).toMatchObject({ outcome: 'timeout', sequence: 0 });
    expect(second.items).toEqual(items);
    expect(brokenLaws(second)).toEqual([]);
    abort.abort();
    expect((await first).outcome).toBe('aborted');
    // Which of the two is told first is up to the machine.
    const outcomes = observer.runs.map(({ result }) => result?.outcome);
    expect(new Set(outcomes)).toEqual(new Set(['aborted', 'timeout']));
    expect(outcomes).toHaveLength(2);
  });
});
