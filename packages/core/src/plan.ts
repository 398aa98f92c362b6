import type { Change, Changes } from './change.ts';
import type { Entry } from './entry.ts';
import type { Group } from './group.ts';
import { keepLevels, keepSet } from './keep.ts';
import type { KeepSet } from './keep.ts';
import type { CompactPolicy, LadderStep } from './policy.ts';
import { clearResults, trimResults, trimUnread } from './prune.ts';
import type { Window } from './result.ts';
import type { Kept } from './step.ts';
import type { Weigher } from './weigh.ts';
import { budgetOf } from './window.ts';

export type Plan = {
  /** The rungs that were tried, in order. */
  readonly steps: readonly LadderStep[];
  readonly kept: Kept;
  readonly changes: Changes;
  /** Positions that a summary is to cover; empty where pruning alone is enough. */
  readonly covered: readonly number[];
  /** The longest summary worth having, in tokens. */
  readonly summaryTokens: number;
  /** What the prompt will weigh, the summary taken at its longest. */
  readonly estimatedTokens: number;
};

export type PlanInput = {
  readonly entries: readonly Entry<unknown>[];
  readonly groups: readonly Group[];
  /** Tokens of the whole prompt now. */
  readonly total: number;
  readonly window: Window;
  readonly policy: CompactPolicy;
  readonly weigher: Weigher;
  /** Whether a model can be asked for a summary; else only the digest is left. */
  readonly hasSummarizer: boolean;
  /** Somebody asked for a summary: do not settle for pruning. */
  readonly isForced: boolean;
};

/** Walks the ladder until the target is met. Pure: the same input gives the same plan. */
export function planCompaction(input: PlanInput): Plan {
  const { policy, isForced, window, hasSummarizer } = input;
  const ladder = new Set(policy.ladder);
  const start = makeRoomForUnread(input, ladder);
  const pruning = isForced ? start : prune(input, start, ladder);
  if (!isForced && pruning.estimatedTokens <= window.targetTokens) return pruning;

  const method = policy.ladder.find((step) => step === 'digest' || (step === 'summarize' && hasSummarizer));
  const summary =
    method === undefined ? undefined : planSummary(input, { ...start, steps: pruning.steps }, method);
  const best = summary ?? pruning;
  if (!ladder.has('window') || best.estimatedTokens <= budgetOf(window)) return best;
  return dropOldest(input, best);
}

/** Nothing yet, but that what the model has not read takes no more than half of the budget. */
function makeRoomForUnread(input: PlanInput, ladder: ReadonlySet<LadderStep>): Plan {
  const { groups, entries, policy, total, window } = input;
  const changes = new Map<number, Change>();
  const estimatedTokens = ladder.has('trim')
    ? trimUnread(input, changes, total, Math.floor(budgetOf(window) / 2))
    : total;
  return {
    steps: changes.size === 0 ? [] : ['trim'],
    kept: countKept(keepSet(groups, entries, levelOf(policy), policy.keepRecentTokens), entries),
    changes,
    covered: [],
    summaryTokens: 0,
    estimatedTokens,
  };
}

function prune(input: PlanInput, start: Plan, ladder: ReadonlySet<LadderStep>): Plan {
  const { entries, groups, policy, window } = input;
  const keep = keepSet(groups, entries, levelOf(policy), policy.keepRecentTokens);
  const steps: LadderStep[] = [...start.steps];
  const changes = new Map(start.changes);
  let { estimatedTokens } = start;
  if (ladder.has('clear') && policy.clearToolResults && estimatedTokens > window.targetTokens) {
    steps.push('clear');
    estimatedTokens = clearResults(input, keep, changes, estimatedTokens, window.targetTokens);
  }
  if (ladder.has('trim') && estimatedTokens > window.targetTokens) {
    steps.push('trim');
    estimatedTokens = trimResults(input, changes, estimatedTokens, window.targetTokens);
  }
  return { ...start, steps: [...new Set(steps)], changes, estimatedTokens };
}

/** Keeps less and less until what stays and the longest summary fit the target; the last try also trims. */
function planSummary(input: PlanInput, start: Plan, method: LadderStep): Plan | undefined {
  const { entries, groups, policy, window } = input;
  const total = start.estimatedTokens;
  let best: Plan | undefined;
  for (const level of keepLevels(policy)) {
    const keep = keepSet(groups, entries, level, best === undefined ? policy.keepRecentTokens : 0);
    const leaving = groups.filter((group) => !keep.has(group));
    const isWorthIt = leaving.some(({ kind }) => kind !== 'summary');
    if (!isWorthIt && total <= window.targetTokens) return undefined;
    if (!isWorthIt) continue;
    const tokens = leaving.reduce((sum, group) => sum + group.tokens, 0);
    const summaryTokens = Math.min(policy.summaryMaxTokens, Math.max(64, Math.floor(tokens / 2)));
    best = {
      steps: [...start.steps, method],
      kept: countKept(keep, entries),
      changes: start.changes,
      covered: leaving.flatMap(({ members }) => members).toSorted((left, right) => left - right),
      summaryTokens,
      estimatedTokens: total - tokens + summaryTokens,
    };
    if (best.estimatedTokens <= window.targetTokens) return best;
  }
  if (best === undefined || !policy.ladder.includes('trim')) return best;
  const changes = new Map(best.changes);
  const covered = new Set(best.covered);
  const staying = groups.filter(({ members }) => !members.some((index) => covered.has(index)));
  const kept = { ...input, groups: staying };
  const estimatedTokens = trimResults(kept, changes, best.estimatedTokens, window.targetTokens);
  return { ...best, changes, estimatedTokens };
}

/** The last rung: the oldest of what is left goes, whatever it is, save what may never leave. */
function dropOldest({ entries, groups, window }: PlanInput, plan: Plan): Plan {
  const covered = new Set(plan.covered);
  const changes = new Map(plan.changes);
  let { estimatedTokens } = plan;
  const lastUser = entries.findLastIndex(({ view }) => view.role === 'user');
  const last = groups.at(-1);
  for (const group of groups) {
    if (estimatedTokens <= budgetOf(window)) break;
    const mustStay =
      group.isProtected ||
      group.isPending ||
      group.isUnread ||
      group === last ||
      group.kind === 'other' ||
      group.members.some((index) => index === lastUser || covered.has(index));
    if (mustStay) continue;
    for (const index of group.members) {
      const change = changes.get(index);
      const tokens = change !== undefined && 'tokens' in change ? change.tokens : entries[index]?.tokens;
      estimatedTokens -= tokens ?? 0;
      changes.set(index, { fate: 'dropped', reason: 'over_budget' });
    }
  }
  return { ...plan, steps: [...plan.steps, 'window'], changes, estimatedTokens };
}

function levelOf(policy: CompactPolicy) {
  return { turns: policy.keepRecentTurns, pairs: policy.keepToolIoPairs };
}

function countKept(keep: KeepSet, entries: readonly Entry<unknown>[]): Kept {
  const kept = { pinned: 0, recentTurns: 0, toolPairs: 0 };
  for (const [group, reason] of keep) {
    if (reason === 'protected') kept.pinned += group.members.length;
    else if (group.kind === 'tool') kept.toolPairs += 1;
    else if (group.members.some((index) => entries[index]?.view.role === 'user')) kept.recentTurns += 1;
  }
  return kept;
}
