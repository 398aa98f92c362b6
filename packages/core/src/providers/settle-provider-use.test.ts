import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePolicy } from '../parse-policy.ts';
import type { CompactPolicyInput } from '../policy.ts';
import { windowOf } from '../window.ts';
import { capabilitiesOf } from './capabilities-of.ts';
import type { CapabilityOverrides } from './capabilities-of.ts';
import { capabilityMatrix } from './capability-matrix.ts';
import type { ProviderRoute } from './provider-use.ts';
import { settleProviderUse } from './settle-provider-use.ts';

type Case = {
  readonly model: string;
  readonly policy?: CompactPolicyInput;
  readonly route?: ProviderRoute;
  readonly limitTokens?: number;
  readonly overrides?: CapabilityOverrides;
};

const openai: ProviderRoute = { transport: 'openai_responses' };
const anthropic: ProviderRoute = { transport: 'anthropic_messages' };

function settle({ model, policy: input = {}, route, limitTokens = 200_000, overrides }: Case) {
  const policy = parsePolicy({ providerMode: 'auto', ...input });
  const found = capabilitiesOf(model, overrides);
  return settleProviderUse({ policy, window: windowOf(limitTokens, policy), model, found, route });
}

it('nothing is asked of the provider unless the policy says so', () => {
  const policy = { providerMode: 'local' } as const;
  expect(settle({ model: 'gpt-5.2', route: openai, policy })).toEqual({ mode: 'local', used: 'local' });
});

it.each<readonly [string, Case, object]>([
  [
    'OpenAI compacts where the policy would',
    { model: 'gpt-5.2', route: openai },
    { compaction: { thresholdTokens: 170_000 } },
  ],
  [
    'at the budget of the policy, where that is lower',
    { model: 'gpt-5.2', route: openai, policy: { tokenBudget: 90_000 } },
    { compaction: { thresholdTokens: 90_000 } },
  ],
  [
    'with as many tokens left as the policy says',
    { model: 'gpt-5.2', route: openai, policy: { triggerTokensLeft: 80_000 } },
    { compaction: { thresholdTokens: 118_500 } },
  ],
  [
    'Anthropic clears first and then compacts, as the ladder does',
    {
      model: 'claude-opus-5',
      route: anthropic,
      policy: {
        keepToolIoPairs: 2,
        minReclaimPct: 0.2,
        excludeTools: ['a'],
        keepTools: ['b'],
        clearToolInputs: true,
      },
    },
    {
      compaction: { thresholdTokens: 170_000 },
      clearing: {
        thresholdTokens: 170_000,
        keepToolPairs: 2,
        clearAtLeastTokens: 34_000,
        clearToolInputs: true,
        excludeTools: ['a', 'b'],
      },
    },
  ],
  [
    'a model that the user has told of',
    {
      model: 'mine',
      route: openai,
      overrides: { mine: { serverCompaction: { parameter: 'context_management' } } },
    },
    { compaction: { thresholdTokens: 170_000 } },
  ],
  [
    'in native, a model of which nobody knows',
    { model: 'mine', route: openai, policy: { providerMode: 'native' } },
    { compaction: { thresholdTokens: 170_000 } },
  ],
])('asked: %s', (_, given, ask) => {
  const use = settle(given);
  expect(use).toMatchObject({ used: 'native', ask });
  expect(use.fallback).toBeUndefined();
});

it.each<readonly [string, Case, RegExp]>([
  ['no route', { model: 'gpt-5.2' }, /does not say how/u],
  ['Chat Completions', { model: 'gpt-5.2', route: {} }, /has no parameter for it/u],
  ['a model that cannot', { model: 'gemini-2.5-pro', route: openai }, /gemini-2\.5-pro does not compact/u],
  [
    'a model of which nobody knows, in auto',
    { model: 'qwen3', route: openai },
    /Nothing is known .*capabilities/u,
  ],
  [
    'a threshold below the least that is taken',
    { model: 'claude-opus-5', route: anthropic, limitTokens: 40_000, policy: { ladder: ['summarize'] } },
    /from 50000 tokens on, and the policy asks for 34000/u,
  ],
  [
    'a ladder that writes no summaries',
    { model: 'gpt-5.2', route: openai, policy: { ladder: ['clear', 'window'] } },
    /ladder of the policy has no summarize/u,
  ],
  [
    'a provider that refused',
    { model: 'gpt-5.2', route: { ...openai, refusal: 'It said no.' } },
    /It said no/u,
  ],
  [
    'what the user says that it cannot',
    { model: 'gpt-5.2', route: openai, overrides: { 'gpt-5.2': { serverCompaction: false } } },
    /gpt-5\.2 does not compact/u,
  ],
])('left to the engine, with the reason: %s', (_, given, reason) => {
  for (const providerMode of ['auto', 'native'] as const) {
    if (providerMode === 'native' && given.model === 'qwen3') continue;
    const use = settle({ ...given, policy: { ...given.policy, providerMode } });
    expect(use).toMatchObject({ used: 'local', fallback: expect.stringMatching(reason) });
    expect(use.ask).toBeUndefined();
  }
});

it('a model that only clears is asked to clear, and the use says what it cannot', () => {
  expect(settle({ model: 'claude-haiku-4-5', route: anthropic })).toMatchObject({
    used: 'native',
    ask: { clearing: { thresholdTokens: 170_000 } },
    fallback: 'claude-haiku-4-5 does not compact by itself.',
  });
  // To clear would not bound a history that the provider holds.
  const managed = settle({ model: 'claude-haiku-4-5', route: { ...anthropic, isServerManaged: true } });
  expect(managed.used).toBe('local');
});

it('for every model of the matrix: what it is known not to do is never asked, and what it does is, from its least on', () => {
  const row = fc.constantFrom(...capabilityMatrix);
  const transport = fc.constantFrom('openai_responses' as const, 'anthropic_messages' as const);
  const mode = fc.constantFrom('auto' as const, 'native' as const);
  const limit = fc.integer({ min: 2000, max: 1_000_000 });
  fc.assert(
    fc.property(row, transport, mode, limit, ({ models, cells }, via, providerMode, limitTokens) => {
      const model = models[0] ?? '';
      const { ask, used, fallback } = settle({
        model,
        route: { transport: via },
        policy: { providerMode },
        limitTokens,
      });
      const compaction = cells.serverCompaction?.value;
      const clearing = cells.contextEditing?.value;
      const { triggerTokens } = windowOf(limitTokens, parsePolicy({ providerMode }));
      const least =
        typeof compaction === 'object' && 'leastTokens' in compaction ? compaction.leastTokens : 0;
      const isAsked = typeof compaction === 'object' && triggerTokens >= (least ?? 0);
      expect(ask?.compaction).toEqual(isAsked ? { thresholdTokens: triggerTokens } : undefined);
      expect(ask?.clearing === undefined).toBe(typeof clearing !== 'object');
      expect(used).toBe(ask === undefined ? 'local' : 'native');
      // Whatever of it is not asked has a reason.
      expect(fallback === undefined).toBe(isAsked);
    }),
  );
});
