import * as fc from 'fast-check';
import { parsePolicy } from '../parse-policy.ts';
import { idleWithNative } from '../policy-conflicts.ts';
import { ladderSteps, providerModes, pruningModes, strategyNames } from '../policy.ts';
import type { CompactPolicyInput, LadderStep } from '../policy.ts';

/** A share in hundredths, so that a counterexample reads well. */
const share = (min: number, max: number) => fc.integer({ min, max }).map((hundredths) => hundredths / 100);
const tools = ['read', 'run'] as const;

type Fields = {
  -readonly [Field in keyof CompactPolicyInput]: CompactPolicyInput[Field];
};

/** Every field there is, each there or not, before what contradicts itself is taken out. */
const fields: fc.Arbitrary<Fields> = fc.record(
  {
    triggerPct: share(20, 100),
    hardCapBuffer: fc.constantFrom(0, 50, 200),
    targetPct: share(10, 80),
    tokenBudget: fc.integer({ min: 200, max: 1500 }),
    triggerTokensLeft: fc.integer({ min: 50, max: 600 }),
    triggerTurns: fc.integer({ min: 2, max: 5 }),
    windowSize: fc.integer({ min: 4, max: 20 }),
    softTriggerPct: share(15, 80),
    idleTriggerPct: share(15, 80),
    coldAfterMillis: fc.constantFrom(1000, 60_000),
    cooldownCalls: fc.integer({ min: 1, max: 3 }),
    thrashCompactions: fc.integer({ min: 2, max: 4 }),
    thrashCalls: fc.integer({ min: 2, max: 10 }),
    thrashCooldownCalls: fc.integer({ min: 0, max: 10 }),
    minReclaimPct: share(0, 30),
    maxBreakEvenCalls: fc.integer({ min: 0, max: 20 }),
    keepRecentTurns: fc.integer({ min: 1, max: 4 }),
    keepToolIoPairs: fc.integer({ min: 1, max: 4 }),
    keepRecentTokens: fc.constantFrom(0, 100, 400),
    keepRecentItems: fc.integer({ min: 1, max: 8 }),
    keepTools: fc.subarray([...tools], { minLength: 1 }),
    rolesNeverPrune: fc.subarray(['system', 'developer', 'user', 'assistant'] as const),
    protectedFlag: fc.constantFrom('protected', 'pinned'),
    pruning: fc.constantFrom(...pruningModes),
    keepPairsPerTool: fc.integer({ min: 1, max: 2 }),
    clearToolResults: fc.boolean(),
    clearToolInputs: fc.boolean(),
    clearMedia: fc.boolean(),
    excludeTools: fc.subarray([...tools]),
    trimToolResultTokens: fc.constantFrom(40, 150, 600),
    rolesLeaveFirst: fc.shuffledSubarray(['user', 'assistant', 'tool'] as const, { minLength: 1 }),
    strategy: fc.constantFrom(...strategyNames),
    summaryMaxTokens: fc.constantFrom(60, 200, 600),
    summaryRetries: fc.integer({ min: 0, max: 2 }),
    summaryMaxStages: fc.integer({ min: 2, max: 4 }),
    requireSections: fc.boolean(),
    factSheetPct: share(0, 30),
    factSheetMaxTokens: fc.constantFrom(0, 50, 400),
    ladder: fc.shuffledSubarray([...ladderSteps], { minLength: 1 }),
    providerMode: fc.constantFrom(...providerModes),
  },
  { requiredKeys: [] },
);

/** Policies that the engine accepts: all fields at random, those that say nothing left out. */
export const anyPolicy: fc.Arbitrary<CompactPolicyInput> = fields.map(fitting).filter(isAccepted);

function fitting(given: Fields): CompactPolicyInput {
  const policy = { ...given };
  // The defaults are for windows a hundred times as large.
  policy.hardCapBuffer ??= 100;
  policy.triggerPct ??= 0.85;
  policy.targetPct = Math.min(policy.targetPct ?? 0.5, policy.triggerPct - 0.01);
  policy.summaryMaxTokens ??= 200;
  for (const field of ['softTriggerPct', 'idleTriggerPct'] as const) {
    const value = policy[field];
    if (value !== undefined && (value <= policy.targetPct || value > policy.triggerPct)) delete policy[field];
  }
  if (policy.softTriggerPct === undefined && policy.idleTriggerPct === undefined) {
    delete policy.coldAfterMillis;
  }
  policy.keepRecentTurns ??= 2;
  policy.keepToolIoPairs ??= 2;
  if (policy.rolesNeverPrune?.includes('user') === true) delete policy.triggerTurns;
  if ((policy.triggerTurns ?? Infinity) < policy.keepRecentTurns) delete policy.triggerTurns;
  if ((policy.windowSize ?? Infinity) < (policy.keepRecentItems ?? 0)) delete policy.keepRecentItems;
  const { keepTools = [], rolesNeverPrune = [] } = policy;
  policy.excludeTools = policy.excludeTools?.filter((tool) => !keepTools.includes(tool)) ?? [];
  policy.rolesLeaveFirst = policy.rolesLeaveFirst?.filter(
    (role) => !rolesNeverPrune.some((kept) => kept === role),
  );
  if (policy.rolesLeaveFirst?.length === 0) delete policy.rolesLeaveFirst;
  if (policy.pruning !== 'stage_aware') delete policy.keepPairsPerTool;
  if (policy.providerMode === 'native') for (const field of idleWithNative) delete policy[field];
  return withoutIdle(policy);
}

/** A field that its ladder has no step for would be refused. */
function withoutIdle(policy: Fields): CompactPolicyInput {
  if (policy.ladder?.includes('clear') === true) delete policy.clearToolResults;
  if (policy.clearToolResults === false) delete policy.clearToolInputs;
  if (policy.ladder?.includes('summarize') === false) {
    policy.ladder = policy.ladder.filter((step) => step !== 'stages');
  }
  const ladder = new Set<LadderStep>(policy.ladder ?? ladderSteps);
  if (policy.clearToolResults === false && policy.clearMedia !== true) ladder.delete('clear');
  const needs = (steps: readonly LadderStep[], ...names: readonly (keyof Fields)[]) => {
    if (!steps.some((step) => ladder.has(step))) for (const name of names) delete policy[name];
  };
  needs(['clear'], 'clearToolResults', 'clearToolInputs', 'clearMedia');
  needs(['clear', 'trim'], 'excludeTools', 'pruning', 'keepPairsPerTool', 'softTriggerPct');
  needs(['trim'], 'trimToolResultTokens');
  needs(['summarize'], 'strategy', 'summaryRetries', 'requireSections');
  needs(['stages'], 'summaryMaxStages');
  needs(['summarize', 'digest'], 'summaryMaxTokens', 'factSheetPct', 'factSheetMaxTokens');
  needs(['window'], 'rolesLeaveFirst');
  if (policy.softTriggerPct === undefined && policy.idleTriggerPct === undefined) {
    delete policy.coldAfterMillis;
  }
  if (policy.rolesLeaveFirst === undefined) delete policy.rolesLeaveFirst;
  return policy;
}

function isAccepted(policy: CompactPolicyInput): boolean {
  try {
    parsePolicy(policy);
    return true;
  } catch {
    return false;
  }
}
