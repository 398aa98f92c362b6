import type { Group } from '../group.ts';
import { summaryLimitOf, summaryTolerance } from '../summary-limit.ts';
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
  const gone = leavingIn(draft);
  const { levels, groups, window, policy, targetTokens } = context;
  let best: Draft | undefined;
  for (const level of levels.slice(levels.indexOf(draft.level))) {
    const keep = context.keepAt(level);
    const leaving = groups.filter(
      (group) => !keep.has(group) && !group.members.some((index) => gone.has(index)),
    );
    if (leaving.some(({ kind }) => kind !== 'summary')) {
      best = covering(context, whole, leaving, step);
      best = { ...best, level, steps: [...draft.steps, step] };
      if (best.estimatedTokens <= targetTokens) return best;
    } else if (draft.estimatedTokens <= window.targetTokens) return draft;
  }
  if (best === undefined || !policy.ladder.includes('trim')) return best ?? draft;
  return { ...trim({ ...context, downTo: targetTokens }, best), steps: best.steps };
}

function covering(context: RungContext, whole: Draft, leaving: readonly Group[], step: string): Draft {
  const tokens = leaving.reduce((sum, group) => sum + group.tokens, 0);
  const summaryTokens = summaryLimitOf(tokens, context.policy);
  const longest = step === 'summarize' ? Math.ceil(summaryTokens * summaryTolerance) : summaryTokens;
  return {
    ...whole,
    covered: leaving.flatMap(({ members }) => members).toSorted((left, right) => left - right),
    summaryTokens,
    estimatedTokens: whole.estimatedTokens - tokens + longest,
  };
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
