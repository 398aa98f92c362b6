import type { CompactPolicy, CompactPolicyInput, LadderStep } from './policy.ts';

type Field = keyof CompactPolicy;

/** Sentences on fields that contradict one another, and on fields that would have no effect. */
export function policyConflicts(policy: CompactPolicy, input: CompactPolicyInput): readonly string[] {
  return [...contradictions(policy), ...idleFields(policy, input), ...idleUnderProvider(policy, input)];
}

function* contradictions(policy: CompactPolicy): Generator<string> {
  const { targetPct, ladder } = policy;
  const above = (field: Field, limit: Field, why: string) => {
    const [value, bound] = [policy[field], policy[limit]];
    const isAbove = typeof value === 'number' && typeof bound === 'number' && value > bound;
    return isAbove
      ? [`policy.${field} must not be above policy.${limit} (${bound}), got ${value}: ${why}`]
      : [];
  };
  yield* above('targetPct', 'triggerPct', 'compaction would fire again at once. Lower targetPct.');
  if (targetPct === policy.triggerPct) {
    yield `policy.targetPct must be below policy.triggerPct, both are ${targetPct}: compaction would fire again at once. Lower targetPct.`;
  }
  for (const field of ['softTriggerPct', 'idleTriggerPct', 'prepareAheadPct'] as const) {
    yield* above(field, 'triggerPct', 'compaction would fire before it. Lower it.');
    const early = policy[field];
    if (early !== undefined && early <= targetPct) {
      yield `policy.${field} must be above policy.targetPct (${targetPct}), got ${early}: there would be nothing to do.`;
    }
  }
  yield* above('keepRecentTurns', 'triggerTurns', 'compaction would fire again at once. Keep fewer turns.');
  yield* above('keepRecentItems', 'windowSize', 'compaction would fire again at once. Keep fewer items.');
  if (policy.triggerTurns !== undefined && policy.rolesNeverPrune.includes('user')) {
    yield 'policy.triggerTurns counts user messages, and policy.rolesNeverPrune has user: no turn could ever leave.';
  }
  const protectedTool = policy.keepTools?.find((tool) => policy.excludeTools.includes(tool));
  if (protectedTool !== undefined) {
    yield `policy.keepTools and policy.excludeTools both name ${protectedTool}: keepTools says all that excludeTools does. Name it once.`;
  }
  const spared = policy.rolesLeaveFirst?.find((role) =>
    policy.rolesNeverPrune.some((other) => other === role),
  );
  if (spared !== undefined) {
    yield `policy.rolesLeaveFirst and policy.rolesNeverPrune both name ${spared}: it cannot leave first and never.`;
  }
  const twice = ladder.find((step, index) => ladder.indexOf(step) !== index);
  if (twice !== undefined) yield `policy.ladder has ${twice} twice: a step is tried once.`;
  if (ladder.includes('stages') && !ladder.includes('summarize')) {
    yield 'policy.ladder has stages without summarize: stages are how a long history is summarised. Add summarize.';
  }
}

/** What each field needs in the ladder, where it needs something there. */
const rungs: Partial<Record<Field, readonly LadderStep[]>> = {
  clearToolResults: ['clear'],
  clearMedia: ['clear'],
  excludeTools: ['clear', 'trim'],
  pruning: ['clear', 'trim'],
  softTriggerPct: ['clear', 'trim'],
  trimToolResultTokens: ['trim'],
  strategy: ['summarize'],
  prepareAheadPct: ['summarize'],
  summaryMaxTokens: ['summarize', 'digest'],
  summaryRetries: ['summarize'],
  summaryMaxStages: ['stages'],
  factSheetPct: ['summarize', 'digest'],
  factSheetMaxTokens: ['summarize', 'digest'],
  rolesLeaveFirst: ['window'],
};

function* idleFields(policy: CompactPolicy, input: CompactPolicyInput): Generator<string> {
  const clears = policy.clearToolResults || input.clearMedia === true;
  const ladder = new Set(policy.ladder.filter((step) => step !== 'clear' || clears));
  const noEffect = (field: Field, why: string) =>
    `policy.${field} would have no effect: ${why}. Leave it out.`;
  for (const [field, steps] of Object.entries(rungs) as [Field, readonly LadderStep[]][]) {
    const value = input[field];
    const isGiven =
      value !== undefined && value !== false && value !== 0 && !(Array.isArray(value) && value.length === 0);
    if (isGiven && !steps.some((step) => ladder.has(step))) {
      yield noEffect(field, `policy.ladder has no ${steps.join(' or ')}`);
    }
  }
  if (!clears && input.ladder?.includes('clear') === true) {
    yield 'policy.clearToolResults is false and policy.ladder has clear: say one of the two. For pictures and files alone, say clearMedia: true.';
  }
  if (policy.clearToolInputs === true && !policy.clearToolResults) {
    yield noEffect(
      'clearToolInputs',
      'arguments are cleared together with results, and policy.clearToolResults is false',
    );
  }
  if (policy.keepPairsPerTool !== undefined && policy.pruning !== 'stage_aware') {
    yield noEffect('keepPairsPerTool', 'policy.pruning is not stage_aware');
  }
  const isWatched = policy.softTriggerPct !== undefined || policy.idleTriggerPct !== undefined;
  if (policy.coldAfterMillis !== undefined && !isWatched) {
    yield noEffect('coldAfterMillis', 'neither policy.softTriggerPct nor policy.idleTriggerPct is set');
  }
}

/**
 * What has no effect where the provider compacts: it looks at the size of the prompt alone, and the engine keeps the
 * budget alone. With `auto` the engine may have to do it all, so that these fields have their place there.
 */
export const idleWithNative = [
  'triggerTurns',
  'windowSize',
  'softTriggerPct',
  'idleTriggerPct',
  'coldAfterMillis',
  'prepareAheadPct',
  'cooldownCalls',
  'maxBreakEvenCalls',
] as const satisfies readonly Field[];

function* idleUnderProvider({ providerMode }: CompactPolicy, input: CompactPolicyInput): Generator<string> {
  if (providerMode !== 'native') return;
  for (const field of idleWithNative) {
    if (input[field] === undefined) continue;
    yield `policy.${field} would have no effect: with policy.providerMode native the provider compacts, and it looks at the size of the prompt alone. Leave it out, or say providerMode auto.`;
  }
}
