import { describe, expect, it } from 'vitest';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import type { CompactManagerOptions } from '../manager-options.ts';
import { conversation } from '../testing/conversation.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import { writtenSummary } from '../testing/written-summary.ts';
import { PrefixCache, quarter } from './prefix-cache.fixture.ts';
import type { PriceList } from './prices.ts';

const minute = 60_000;
const prices: PriceList = {
  currency: 'EUR',
  version: '2026-11',
  models: {
    test: { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 },
    mini: { input: 0.25, output: 2 },
  },
};
const talk = (turns: number, words = 60) =>
  conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `question ${index} `.repeat(10),
      calls: [{ tool: 'read', output: `line ${index} `.repeat(words) }],
      answer: 'done',
    })),
  );

function setUp(options: Partial<CompactManagerOptions<object>> = {}) {
  const clock = { now: 0 };
  const observer = new RecordingObserver();
  const provider = new PrefixCache({ ttlMillis: 5 * minute, reports: 'reads and writes' });
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 10_000,
    dialect: chat,
    counter: quarter,
    observer,
    now: () => clock.now,
    ...options,
    policy: { hardCapBuffer: 500, ...options.policy },
  });
  const call = async (turns: number, tools: string = 'tools', instructions = 'be kind') => {
    clock.now += 1000;
    const items = talk(turns);
    const result = await manager.preflight({ sessionId: 's', items, instructions, tools: [tools] });
    manager.reportUsage('s', provider.call(`${tools}${instructions}`, result, clock.now).usage);
    return result;
  };
  return { manager, call, clock, observer };
}

describe('a warm cache', () => {
  /** So much that hardly anything may leave. */
  const instructions = 'law '.repeat(8000);

  it('is not rewritten for little, and the advice says for how little and when it is', async () => {
    const { call, observer } = setUp({ policy: { thrashCompactions: 100 } });
    const outcomes: string[] = [];
    for (let turns = 1; turns < 14; turns += 1)
      outcomes.push((await call(turns, 'tools', instructions)).outcome);
    const held = observer.runs.find(({ result }) => result?.outcome === 'futile')?.result;
    expect(held).toMatchObject({ cache: { state: 'warm', reason: 'read', rewrittenTokens: 0 } });
    expect(held?.thrash).toBeUndefined();
    expect(held?.advice).toMatch(
      /would not pay: it frees \d+ tokens, and \d+ that are cached would be read anew: less than 0\.1 of \d+\./u,
    );
    const decision = observer.runs
      .find(({ result }) => result?.outcome === 'futile')
      ?.steps.find(({ name }) => name === 'trigger_decision');
    expect(decision).toMatchObject({
      triggered: false,
      reason: expect.stringMatching(/^the cache is warm \(frees/u),
    });
    // Until the budget is exceeded: then it is.
    expect(outcomes.indexOf('futile')).toBeLessThan(
      outcomes.findLastIndex((outcome) => outcome !== 'futile'),
    );
  });

  it('is rewritten for little where the policy says so, or a person does', async () => {
    const { call } = setUp({ policy: { thrashCompactions: 100, minReclaimPct: 0 } });
    for (let turns = 1; turns < 14; turns += 1) {
      const { outcome, thrash } = await call(turns, 'tools', instructions);
      expect(outcome === 'futile' && thrash === undefined).toBe(false);
    }
    const { call: same, manager } = setUp();
    for (let turns = 1; turns < 10; turns += 1) await same(turns, 'tools', instructions);
    const result = await manager.compact({ sessionId: 's', items: talk(10), instructions, tools: ['tools'] });
    expect(result.splice).toBeDefined();
  });
});

describe('a cold cache', () => {
  const policy = { idleTriggerPct: 0.6 };
  const until = async (call: (turns: number) => Promise<{ tokens: { before: number } }>) => {
    let turns = 1;
    while ((await call(turns)).tokens.before < 6500) turns += 1;
    return turns;
  };

  it('lets the engine compact early: after a rest', async () => {
    const { call, clock } = setUp({ policy });
    const turns = await until(call);
    clock.now += 6 * minute;
    const result = await call(turns + 1);
    expect(result).toMatchObject({
      rule: 'idle',
      cache: { state: 'cold', reason: 'idle', prefixTokens: 0, rewrittenTokens: 0 },
    });
    expect(result.splice).toBeDefined();
  });

  it('lets the engine compact early: with other tools, since nothing can be read anyway', async () => {
    const { call, observer } = setUp({ policy });
    const turns = await until(call);
    const result = await call(turns + 1, 'other tools');
    expect(result).toMatchObject({
      rule: 'idle',
      cache: { state: 'cold', reason: 'preamble_changed', epoch: 2 },
    });
    expect(observer.runs.at(-1)?.steps.find(({ name }) => name === 'trigger_decision')).toMatchObject({
      triggered: true,
      reason: expect.stringContaining('the cache is cold (preamble_changed)'),
    });
    // Behind the cut a new stretch begins, and goes on.
    expect(await call(turns + 2, 'other tools')).toMatchObject({ cache: { state: 'warm', epoch: 2 } });
  });

  it('is left alone below the trigger where the policy wants nothing early', async () => {
    const { call } = setUp();
    const turns = await until(call);
    expect(await call(turns + 1, 'other tools')).toMatchObject({
      outcome: 'noop_below',
      cache: { state: 'cold' },
    });
  });
});

describe('cost', () => {
  it('says in the currency of the prices what a call costs, what a summary did, and when it has paid for itself', async () => {
    const usage = { inputTokens: 6000, outputTokens: 200 };
    const summarizer = {
      name: 'mini',
      model: 'mini',
      summarize: async () => ({ text: writtenSummary('- go on'), usage }),
    };
    const { call } = setUp({ prices, summarizer, policy: { ladder: ['summarize'] } });
    const results = [];
    for (let turns = 1; turns < 60; turns += 1) results.push(await call(turns));
    const [first, second] = results;
    // Nothing is known of the cache at the first call; at the second, what was written is read.
    expect(first?.cost).toEqual({ currency: 'EUR', version: '2026-11' });
    const { prefixTokens = 0 } = second?.cache ?? {};
    const { after = 0 } = second?.tokens ?? {};
    expect(second?.cost?.before).toBeUndefined();
    expect(second?.cost?.after).toBeCloseTo((prefixTokens * 0.3 + (after - prefixTokens) * 3.75) / 1e6, 9);
    const compacted = results.find(({ outcome }) => outcome === 'compacted');
    expect(compacted?.cost?.summary).toBeCloseTo((6000 * 0.25 + 200 * 2) / 1e6, 9);
    const { before = 0, savedPerCall = 0, summary = 0, after: sent = 0 } = compacted?.cost ?? {};
    expect(compacted?.cache).toMatchObject({
      state: 'warm',
      breakEvenCalls: Math.ceil((sent + summary - before) / savedPerCall),
    });
    expect(compacted?.cache.rewrittenTokens).toBeGreaterThan(0);
  });

  it('guesses no price: a model that is not listed has none', async () => {
    const { call } = setUp({ prices: { ...prices, models: { 'test-2': { input: 1, output: 1 } } } });
    expect((await call(1)).cost).toBeUndefined();
    const { call: unpriced } = setUp();
    expect((await unpriced(1)).cost).toBeUndefined();
  });

  it.each([
    [{ policy: { maxBreakEvenCalls: 5 } }, /maxBreakEvenCalls would have no effect: no prices are known/u],
    [{ prices: { ...prices, currency: 'euro' } }, /prices are not valid[^]*currency by its three letters/u],
    [{ prices: { currency: 'USD', models: { test: { input: -1, output: 1 } } } }, /prices are not valid/u],
  ])('is refused where it can mean nothing: %j', (options, message) => {
    expect(() => setUp(options)).toThrow(message);
  });
});
