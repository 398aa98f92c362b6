import type { CompactPolicy } from '../policy.ts';
import type { Window } from '../result.ts';
import { budgetOf } from '../window.ts';
import type { FoundCapabilities } from './capabilities-of.ts';
import type { NativeAsk, ProviderRoute, ProviderUse } from './provider-use.ts';

export type SettleInput = {
  readonly policy: CompactPolicy;
  readonly window: Window;
  readonly model: string;
  readonly found: FoundCapabilities;
  /** Absent where the caller does not say how the call goes out. */
  readonly route: ProviderRoute | undefined;
};

/** Either what to ask for, or why it cannot be asked for. */
type Wish<TAsk> = { readonly ask: TAsk } | { readonly why: string };

/**
 * Who compacts this call. `native` tries what nobody knows; `auto` asks only for what the matrix or the user says.
 * Neither asks for what is known to be missing: then the engine does it, and the use says why.
 */
export function settleProviderUse(input: SettleInput): ProviderUse {
  const { policy, route } = input;
  const mode = policy.providerMode ?? 'local';
  if (mode === 'local') return { mode, used: 'local' };
  const impossible = impossibleOn(input);
  if (impossible !== undefined) return { mode, used: 'local', fallback: impossible };
  const compaction = compactionWish(input);
  const clearing = clearingWish(input);
  const ask: NativeAsk = {
    ...('ask' in compaction ? { compaction: compaction.ask } : {}),
    // Where the provider holds the history, clearing by itself would not bound it.
    ...('ask' in clearing && ('ask' in compaction || route?.isServerManaged !== true)
      ? { clearing: clearing.ask }
      : {}),
  };
  const why = 'why' in compaction ? compaction.why : undefined;
  const fallback = why === undefined ? {} : { fallback: why };
  return Object.keys(ask).length === 0
    ? { mode, used: 'local', ...fallback }
    : { mode, used: 'native', ask, ...fallback };
}

function impossibleOn({ route, model }: SettleInput): string | undefined {
  if (route === undefined) return 'The caller does not say how the call goes to its provider.';
  if (route.refusal !== undefined) return route.refusal;
  if (route.transport !== undefined) return undefined;
  return `The API by which ${model} is called has no parameter for it.`;
}

function compactionWish({
  policy,
  window,
  model,
  found,
}: SettleInput): Wish<NonNullable<NativeAsk['compaction']>> {
  if (!policy.ladder.includes('summarize')) {
    return { why: 'The ladder of the policy has no summarize, and to compact is to summarise.' };
  }
  const can = found.capabilities.serverCompaction;
  if (can === false) return { why: `${model} does not compact by itself.` };
  if (can === undefined && policy.providerMode === 'auto') {
    return { why: `Nothing is known of whether ${model} compacts by itself. Say so under capabilities.` };
  }
  const thresholdTokens = thresholdOf(policy, window);
  const least = can?.leastTokens;
  if (least !== undefined && thresholdTokens < least) {
    return {
      why: `${model} compacts from ${least} tokens on, and the policy asks for ${thresholdTokens}.`,
    };
  }
  return { ask: { thresholdTokens } };
}

function clearingWish({
  policy,
  window,
  model,
  found,
  route,
}: SettleInput): Wish<NonNullable<NativeAsk['clearing']>> {
  if (!policy.ladder.includes('clear') || !policy.clearToolResults) {
    return { why: 'The policy does not clear tool results.' };
  }
  const can = found.capabilities.contextEditing;
  const isKnown = can !== undefined && can !== false;
  const mayTry =
    can === undefined && policy.providerMode === 'native' && route?.transport === 'anthropic_messages';
  if (!isKnown && !mayTry) return { why: `${model} clears no tool results by itself.` };
  const thresholdTokens = thresholdOf(policy, window);
  return {
    ask: {
      thresholdTokens,
      keepToolPairs: policy.keepToolIoPairs,
      clearAtLeastTokens: Math.floor(thresholdTokens * (policy.minReclaimPct ?? defaultReclaim)),
      clearToolInputs: policy.clearToolInputs ?? false,
      excludeTools: [...new Set([...policy.excludeTools, ...(policy.keepTools ?? [])])],
    },
  };
}

/** As little is not worth it for the engine either. */
const defaultReclaim = 0.1;

/** The size at which the policy would have the engine compact. */
function thresholdOf({ triggerTokensLeft }: CompactPolicy, window: Window): number {
  const left = triggerTokensLeft === undefined ? Infinity : budgetOf(window) - triggerTokensLeft;
  return Math.max(1, Math.min(window.triggerTokens, left));
}
