import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CompactError } from '../errors.ts';
import { CompactManager } from '../manager.ts';
import { parsePolicy } from '../parse-policy.ts';
import { idleWithNative } from '../policy-conflicts.ts';
import { CompactPolicy } from '../policy.ts';
import type { CompactPolicyInput } from '../policy.ts';
import { anyPolicy } from '../testing/any-policy.fixture.ts';
import { conversation } from '../testing/conversation.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { budgetOf, windowOf } from '../window.ts';
import { capabilitiesOf } from './capabilities-of.ts';
import { settleProviderUse } from './settle-provider-use.ts';

type Field = keyof CompactPolicy;

/** What each field does with `native`: it is asked of the provider, it governs the guard, or both; or it is refused. */
const asked = [
  'triggerPct',
  'hardCapBuffer',
  'tokenBudget',
  'triggerTokensLeft',
  'minReclaimPct',
  'keepToolIoPairs',
  'keepTools',
  'clearToolResults',
  'clearToolInputs',
  'excludeTools',
  'ladder',
  'providerMode',
] as const satisfies readonly Field[];

const other: { readonly [TField in (typeof asked)[number]]: CompactPolicyInput } = {
  triggerPct: { triggerPct: 0.7 },
  hardCapBuffer: { hardCapBuffer: 60_000 },
  tokenBudget: { tokenBudget: 90_000 },
  triggerTokensLeft: { triggerTokensLeft: 90_000 },
  minReclaimPct: { minReclaimPct: 0.3 },
  keepToolIoPairs: { keepToolIoPairs: 2 },
  keepTools: { keepTools: ['read'] },
  clearToolResults: { clearToolResults: false },
  clearToolInputs: { clearToolInputs: true },
  excludeTools: { excludeTools: ['read'] },
  ladder: { ladder: ['clear'] },
  providerMode: { providerMode: 'local' },
};

function askOf(input: CompactPolicyInput) {
  const policy = parsePolicy({ providerMode: 'native', ...input });
  const model = 'claude-opus-5';
  const window = windowOf(200_000, policy);
  const route = { transport: 'anthropic_messages' } as const;
  return settleProviderUse({ policy, window, model, found: capabilitiesOf(model), route }).ask;
}

test.each(asked)('with native, %s is asked of the provider', (field) => {
  expect(askOf(other[field])).not.toEqual(askOf({}));
});

test.each(idleWithNative)('with native, %s is refused; with auto and local it is not', (field) => {
  const values: CompactPolicyInput = {
    triggerTurns: 9,
    windowSize: 50,
    softTriggerPct: 0.6,
    idleTriggerPct: 0.6,
    coldAfterMillis: 1000,
    prepareAheadPct: 0.6,
    cooldownCalls: 2,
    maxBreakEvenCalls: 3,
  };
  const input = { [field]: values[field], ...(field === 'coldAfterMillis' ? { idleTriggerPct: 0.6 } : {}) };
  for (const providerMode of ['auto', 'local'] as const) parsePolicy({ ...input, providerMode });
  expect(() => parsePolicy({ ...input, providerMode: 'native' })).toThrow(/would have no effect: .*native/u);
});

/**
 * All other fields say what the engine does once it acts: with native, where the budget is reached. So it must do there
 * just what it does with the same policy by itself.
 */
test('with native, every field that is accepted governs the guard as it governs the engine', async () => {
  const items = conversation(
    Array.from({ length: 12 }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(20)}`,
      calls: [{ tool: index % 2 === 0 ? 'read' : 'run', input: '{}', output: `line ${index} `.repeat(30) }],
      answer: `Answer ${index}: ${'because '.repeat(10)}`,
    })),
    'Be exact.',
  );
  const run = async (policy: CompactPolicyInput) => {
    let number = 0;
    const manager = new CompactManager<object>({
      model: 'gpt-5.2',
      maxContextTokens: 1000,
      dialect: chat,
      counter: { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) },
      newId: () => `id-${(number += 1)}`,
      now: () => 1000,
      policy,
    });
    const route = { transport: 'openai_responses' } as const;
    return manager.preflight({ sessionId: 's', items, route });
  };
  await fc.assert(
    fc.asyncProperty(anyPolicy, async (given) => {
      const bare = Object.fromEntries(
        Object.entries(given).filter(([field]) => !idleWithNative.some((idle) => idle === field)),
      ) as CompactPolicyInput;
      const native = await run({ ...bare, providerMode: 'native' });
      fc.pre(native.tokens.before >= budgetOf(native.window));
      const local = await run({ ...bare, providerMode: 'local' });
      expect(native.items).toEqual(local.items);
      expect(native.outcome).toBe(local.outcome);
    }),
    { numRuns: 60 },
  );
});

test('no mode accepts a field that it does not know', () => {
  for (const providerMode of ['local', 'native', 'auto', 'server']) {
    const work = () => parsePolicy({ providerMode, contextEditing: true } as never);
    expect(work).toThrow(CompactError);
  }
  expect(Object.keys(CompactPolicy.shape)).toEqual(expect.arrayContaining([...asked, ...idleWithNative]));
});
