import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import { outcomes } from '../outcome.ts';
import { conversation } from '../testing/conversation.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import { ScriptedSummarizer } from '../testing/scripted-summarizer.ts';
import { writtenSummary } from '../testing/written-summary.ts';
import { foldMetrics } from './fold-metrics.ts';
import { MetricsLedger } from './metrics-ledger.ts';
import type { MetricsStore } from './metrics-ledger.ts';
import { MetricsRow, addMetrics, noMetrics } from './metrics-row.ts';
import type { Metrics } from './metrics-row.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };
const { signal } = new AbortController();
const day = 86_400_000;

class Shelf implements MetricsStore {
  readonly rows: MetricsRow[] = [];
  isBroken = false;
  async add(rows: readonly MetricsRow[]): Promise<void> {
    if (this.isBroken) throw new Error('The disk is full.');
    this.rows.push(...rows.map((row) => MetricsRow.parse(JSON.parse(JSON.stringify(row)))));
  }
  async *read(): AsyncIterable<MetricsRow> {
    yield* this.rows;
  }
}

const talk = (turns: number) =>
  conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(60)}`,
      answer: `Answer ${index}: ${'because '.repeat(15)}`,
    })),
  );

function setup(errors: unknown[] = []) {
  const store = new Shelf();
  const ledger = new MetricsLedger({ store, onError: (error) => errors.push(error) });
  const recorded = new RecordingObserver();
  let clock = Date.UTC(2026, 10, 20, 23);
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter,
    now: () => clock,
    observer: {
      start: (run) => {
        const [one, two] = [ledger.start(), recorded.start(run)];
        return {
          tell: (step) => two.tell(step),
          within: async (work) => two.within(work),
          end: (result, at) => {
            one.end(result, at);
            two.end(result, at);
          },
        };
      },
      overflowSettled: (settled) => ledger.overflowSettled(settled),
    },
    prices: { currency: 'USD', models: { small: { input: 1, output: 2 }, test: { input: 3, output: 4 } } },
    summarizer: new ScriptedSummarizer(
      [
        {
          text: writtenSummary('- go on'),
          model: 'small',
          usage: { inputTokens: 2000, outputTokens: 500 },
        },
        new Error('down'),
      ],
      { model: 'small' },
    ),
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300, summaryRetries: 0, ladder: ['summarize', 'digest'] },
  });
  return { manager, ledger, store, recorded, later: (millis: number) => (clock += millis) };
}

describe('the metrics ledger', () => {
  it('adds up what the runs came to, for each session and each day', async () => {
    const { manager, ledger, recorded, later } = setup();
    await manager.preflight({ sessionId: 'a', items: talk(10) });
    await manager.preflight({ sessionId: 'a', items: talk(40) });
    later(day);
    await manager.preflight({ sessionId: 'b', items: talk(40) });
    manager.reportOverflow('b', { isRecovered: true, attempts: 1, tokens: { before: 2, after: 1 } });
    manager.reportOverflow('b', { isRecovered: false, attempts: 1, tokens: { before: 2, after: 2 } });
    const { total, bySession, byDay } = await ledger.report(signal);
    const reclaimed = recorded.runs.map(({ result }) =>
      result === undefined ? 0 : result.tokens.before - result.tokens.after,
    );
    expect(bySession.get('a')).toEqual({
      ...noMetrics,
      runs: 2,
      outcomes: { noop_below: 1, compacted: 1 },
      compactions: 1,
      tokens_reclaimed: reclaimed[1],
      summarizer_calls: 1,
      summarizer_input_tokens: 2000,
      summarizer_output_tokens: 500,
      summarizer_cost: { USD: (2000 + 2 * 500) / 1_000_000 },
    });
    expect(bySession.get('b')).toMatchObject({
      runs: 1,
      outcomes: { fallback: 1 },
      fallbacks: 1,
      tokens_reclaimed: reclaimed[2],
      summarizer_calls: 0,
      overflows: 2,
      overflows_recovered: 1,
    });
    expect([...byDay.keys()]).toEqual(['2026-11-20', '2026-11-21']);
    expect(byDay.get('2026-11-20')).toEqual(bySession.get('a'));
    expect(total).toEqual(addMetrics(bySession.get('a') ?? noMetrics, bySession.get('b') ?? noMetrics));
  });

  it('keeps what a store did not take, and says so', async () => {
    const errors: unknown[] = [];
    const { manager, ledger, store } = setup(errors);
    store.isBroken = true;
    await manager.preflight({ sessionId: 'a', items: talk(10) });
    expect((await ledger.report(signal)).total.runs).toBe(1);
    await ledger.flush();
    expect(errors).toHaveLength(2);
    store.isBroken = false;
    await manager.preflight({ sessionId: 'a', items: talk(10) });
    await ledger.flush();
    await ledger.flush();
    expect(store.rows).toHaveLength(1);
    expect((await ledger.report(signal)).total.runs).toBe(2);
  });
});

const count = fc.nat(1000);
const SomeMetrics: fc.Arbitrary<Metrics> = fc.record({
  runs: count,
  outcomes: fc.dictionary(fc.constantFrom(...outcomes), count, { noNullPrototype: true }),
  compactions: count,
  tokens_reclaimed: count,
  summarizer_calls: count,
  summarizer_unreported: count,
  summarizer_input_tokens: count,
  summarizer_output_tokens: count,
  summarizer_cost: fc.dictionary(fc.constantFrom('USD', 'EUR'), count, { noNullPrototype: true }),
  fallbacks: count,
  overflows: count,
  overflows_recovered: count,
});
const Row = fc
  .tuple(SomeMetrics, fc.constantFrom('a', 'b', 'c'), fc.constantFrom('2026-11-20', '2026-11-21'))
  .map(([metrics, session_id, day_]): MetricsRow => ({
    ...metrics,
    schema_version: 1,
    session_id,
    day: day_,
  }));

it('comes to the same in whatever order and in however many pieces lines were stored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Row, { maxLength: 20 }), async (rows) => {
      const whole = await foldMetrics(rows);
      const turned = await foldMetrics(rows.toReversed());
      expect(turned.total).toEqual(whole.total);
      for (const by of [whole.bySession, whole.byDay]) {
        expect([...by.values()].reduce(addMetrics, noMetrics)).toEqual(whole.total);
      }
      expect(addMetrics(whole.total, noMetrics)).toEqual(whole.total);
    }),
  );
});
