import type { Group } from '../group.ts';
import type { LadderStep } from '../policy.ts';
import { frameTokens } from '../summary-block.ts';
import { minSummaryTokens, sheetLimitOf, summaryLimitOf, summaryTolerance } from '../summary-limit.ts';
import { budgetOf } from '../window.ts';
import { trim } from './prune-rungs.ts';
import { leavingIn, tokensIn } from './rung.ts';
import type { Draft, Rung, RungContext } from './rung.ts';

/** Covers all but what is kept with a summary that a model writes. */
export const summarize: Rung = (context, draft) =>
  context.hasSummarizer && draft.covered.length === 0 ? cover(context, draft, 'summarize') : draft;

/** The same with a summary that is taken from the items word for word. */
export const digest: Rung = (context, draft) =>
  draft.covered.length === 0 ? cover(context, draft, 'digest') : draft;

/**
 * Keeps less and less until what stays and the longest summary fit the target. What stays is whole again: pruning
 * it was not enough. The last try trims it all the same.
 */
function cover(context: RungContext, draft: Draft, step: 'summarize' | 'digest'): Draft {
  const whole = withoutPruning(context, draft);
  const { levels, window, policy, targetTokens } = context;
  const there = inContext(context, draft);
  // A summary alone is not worth another, unless there is no other room to be had.
  const isTooMuch = draft.estimatedTokens > budgetOf(window);
  let best: Cover | undefined;
  for (const level of levels.slice(levels.indexOf(draft.level))) {
    const keep = context.keepAt(level);
    const leaving = there.filter((group) => !keep.has(group));
    if (leaving.some(({ kind }) => kind !== 'summary' || isTooMuch)) {
      best = { level, leaving, ...weighCover(context, whole, leaving, step) };
      if (best.estimatedTokens <= targetTokens) return covering(draft, whole, best, step);
    } else if (draft.estimatedTokens <= window.targetTokens) return draft;
  }
  if (best === undefined) return draft;
  const covered = withinBudget(context, covering(draft, whole, best, step), step);
  if (!policy.ladder.includes('trim')) return covered;
  return { ...trim({ ...context, downTo: targetTokens }, covered), steps: covered.steps };
}

/** What a summary would cover at one level, and what the prompt would weigh then. */
type Cover = Pick<Draft, 'level' | 'summaryTokens' | 'sheetTokens' | 'estimatedTokens'> & {
  readonly leaving: readonly Group[];
};

function weighCover(
  { policy, targetTokens, weigher }: RungContext,
  whole: Draft,
  leaving: readonly Group[],
  step: LadderStep,
) {
  const tokens = leaving.reduce((sum, group) => sum + group.tokens, 0);
  const summaryTokens = summaryLimitOf(tokens, policy);
  const sheetTokens = sheetLimitOf(tokens, targetTokens, policy);
  // What a model writes is held to its limit frame and all; what is taken from the items is framed thereafter.
  const longest =
    step === 'summarize' ? Math.ceil(summaryTokens * summaryTolerance) : summaryTokens + frameTokens(weigher);
  const estimatedTokens = whole.estimatedTokens - tokens + longest + sheetTokens;
  return { summaryTokens, sheetTokens, estimatedTokens };
}

function covering(draft: Draft, whole: Draft, { leaving, ...sizes }: Cover, step: LadderStep): Draft {
  const covered = leaving.flatMap(({ members }) => members).toSorted((left, right) => left - right);
  return { ...whole, ...sizes, covered, steps: [...draft.steps, step] };
}

/** The groups of which nothing has left. */
function inContext({ groups }: RungContext, draft: Draft): readonly Group[] {
  const gone = leavingIn(draft);
  return gone.size === 0 ? groups : groups.filter(({ members }) => !members.some((index) => gone.has(index)));
}

/** No longer than the budget has room for: the fact sheet gives way first, then the summary as far as it is one. */
function withinBudget({ window }: RungContext, draft: Draft, step: 'summarize' | 'digest'): Draft {
  const over = draft.estimatedTokens - budgetOf(window);
  if (over <= 0) return draft;
  const sheetTokens = Math.max(0, draft.sheetTokens - over);
  const estimatedTokens = draft.estimatedTokens - (draft.sheetTokens - sheetTokens);
  const tolerance = step === 'summarize' ? summaryTolerance : 1;
  const longest = Math.ceil(draft.summaryTokens * tolerance);
  // The frame of the summary is in what does not give way.
  const room = budgetOf(window) - (estimatedTokens - longest);
  const summaryTokens = Math.floor(room / tolerance);
  if (room >= longest || summaryTokens < minSummaryTokens) return { ...draft, sheetTokens, estimatedTokens };
  return { ...draft, sheetTokens, summaryTokens, estimatedTokens: budgetOf(window) };
}

/** Only what was dropped, and what the model has not read, stays changed. */
function withoutPruning(context: RungContext, draft: Draft): Draft {
  const unread = new Set(context.groups.filter(({ isUnread }) => isUnread).flatMap(({ members }) => members));
  let { estimatedTokens } = draft;
  const changes = new Map(draft.changes);
  for (const [index, { fate }] of draft.changes) {
    if (fate === 'dropped' || unread.has(index)) continue;
    changes.delete(index);
    estimatedTokens += (context.entries[index]?.tokens ?? 0) - tokensIn(context, draft, index);
  }
  return { ...draft, changes, estimatedTokens };
}
