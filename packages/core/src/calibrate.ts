import type { SessionState } from './session-state.ts';
import type { TokenPrior } from './token-prior.ts';
import type { Usage } from './usage.ts';

/** Outside of these bounds a report is about another prompt than the one that was prepared. */
const minScale = 0.5;
const maxScale = 3;
/** What a provider may send beside what we are shown: a system prompt and tools of its own. */
const maxHiddenTokens = 50_000;
/** The prior counts as much as this many of our tokens that were seen to be counted by the provider. */
const priorWeight = 1000;
/** What was seen long ago counts for less: a report halves it in some 34 more. */
const memory = 0.98;
/** Single items are weighed anew only when the fit has moved this far; the anchor makes up the difference. */
const staleness = 0.01;

/**
 * Anchors the estimate on what the provider counted for the prompt that was last prepared, and fits the weight of
 * single items to what each report says of the items that were new in it.
 *
 * @param options.isCertain the report is surely about that prompt, however far it is off
 */
export function calibrate(
  state: SessionState,
  usage: Usage | undefined,
  prior: TokenPrior,
  { isCertain = false }: { readonly isCertain?: boolean } = {},
): SessionState {
  const start = state.isCalibrated || state.scale === prior.scale ? state : { ...state, scale: prior.scale };
  const { prompt } = state;
  if (usage === undefined || prompt === undefined) return start;
  const { inputTokens: actual, outputTokens } = usage;
  const { doubt: doubted, ...before } = start;
  const ratio = actual / Math.max(1, prompt.estimate);
  const error = actual === 0 ? 0 : (prompt.estimate - actual) / actual;
  if (!isPossible(actual, prompt.weight)) return start;
  if (!isCertain && !isExpected(actual, start)) {
    // Once, it is another's; twice the same, the provider counts otherwise than it did.
    if (doubted === undefined || Math.abs(ratio / doubted - 1) > 0.05) return { ...start, doubt: ratio };
  }
  const isStart = state.anchor === undefined || doubted !== undefined;
  const seen = learn(
    isStart ? undefined : state.seen,
    observed(actual, prompt, prior, { isStart, isCertain }),
  );
  const slope = clamp((seen.tokens + priorWeight * prior.scale) / (seen.weight + priorWeight));
  // No more than the provider counted in all, so that nothing has to be taken away again beside the items.
  const scale = Math.min(slope, Math.max(minScale, (actual / prompt.weight) * (1 - staleness)));
  const isStale = Math.abs(scale / start.scale - 1) > staleness || start.scale * prompt.weight > actual;
  const inUse = isStale ? scale : start.scale;
  // Where the first report is explained by the weights alone, nothing is hidden.
  const hidden = isStart && seen.weight > 0 ? 0 : Math.max(0, actual - slope * prompt.weight);
  return {
    ...before,
    scale: inUse,
    isCalibrated: true,
    seen,
    hidden: isStart ? hidden : Math.min(hidden, state.hidden ?? hidden),
    anchor: {
      count: prompt.count,
      id: prompt.id,
      weight: prompt.weight,
      inputTokens: actual,
      ...(outputTokens === undefined ? {} : { outputTokens }),
    },
    last: { estimate: prompt.estimate, actual, error },
  };
}

type Prompt = NonNullable<SessionState['prompt']>;
type Seen = NonNullable<SessionState['seen']>;

function isPossible(actual: number, weight: number): boolean {
  return (
    Number.isFinite(actual) &&
    weight > 0 &&
    actual >= minScale * weight &&
    actual <= maxScale * weight + maxHiddenTokens
  );
}

/** Close to the estimate, save for what was new and may have been weighed badly. */
function isExpected(actual: number, { anchor, prompt, scale }: SessionState): boolean {
  if (anchor === undefined || prompt === undefined) return true;
  const fresh = prompt.base === undefined ? prompt.weight : prompt.added;
  return Math.abs(actual - prompt.estimate) <= 0.1 * prompt.estimate + 0.7 * scale * fresh + 500;
}

/** Our tokens and the provider's for the same items: those that were new, or all where nothing seems hidden. */
function observed(
  actual: number,
  prompt: Prompt,
  prior: TokenPrior,
  { isStart, isCertain }: { readonly isStart: boolean; readonly isCertain: boolean },
): Seen | undefined {
  if (!isStart) {
    const { base, added } = prompt;
    if (base === undefined || added <= 0 || actual <= base) return undefined;
    const ratio = (actual - base) / added;
    return ratio < minScale || ratio > maxScale ? undefined : { weight: added, tokens: actual - base };
  }
  // After a refusal, better too heavy than hidden: what is hidden could never be made smaller.
  const isWhole = isCertain || Math.abs(actual / prompt.weight / prior.scale - 1) <= prior.uncertainty;
  return isWhole ? { weight: prompt.weight, tokens: actual } : undefined;
}

function learn(before: Seen | undefined, now: Seen | undefined): Seen {
  const { weight, tokens } = before ?? { weight: 0, tokens: 0 };
  if (now === undefined) return { weight, tokens };
  return { weight: weight * memory + now.weight, tokens: tokens * memory + now.tokens };
}

function clamp(scale: number): number {
  return Math.min(maxScale, Math.max(minScale, scale));
}
