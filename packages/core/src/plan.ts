import type { Entry } from './entry.ts';
import { keepLevels, keepSetsOf } from './keep.ts';
import type { KeepSet } from './keep.ts';
import { candidatesOf } from './keeping/candidate.ts';
import type { LadderStep } from './policy.ts';
import { clear, makeRoomForUnread, trim } from './rungs/prune-rungs.ts';
import type { Draft, Rung, RungContext } from './rungs/rung.ts';
import { digest, summarize } from './rungs/summary-rungs.ts';
import { toolResults } from './rungs/tool-results.ts';
import type { ToolResult } from './rungs/tool-results.ts';
import { dropOldest } from './rungs/window-rung.ts';
import type { PlanInput } from './plan-input.ts';
import type { Kept } from './step.ts';

export type Plan = Draft & { readonly kept: Kept };

const rungs: Record<LadderStep, Rung> = {
  clear,
  trim,
  summarize,
  // How a summary is written, not what it covers.
  stages: (_, draft) => draft,
  digest,
  window: dropOldest,
};

/** Walks the ladder until the target is met. Pure: the same input gives the same plan. */
export function planCompaction(input: PlanInput): Plan {
  const context = contextOf(input);
  const [level] = context.levels;
  const nothing: Draft = {
    steps: [],
    changes: new Map(),
    covered: [],
    summaryTokens: 0,
    sheetTokens: 0,
    estimatedTokens: input.total,
    level: level ?? { turns: 1, pairs: 1, isFull: false },
  };
  let draft = makeRoomForUnread(context, nothing);
  for (const step of stepsFor(input)) {
    if (isDone(input, draft)) break;
    const downTo = hasLeft(draft) ? input.targetTokens : context.downTo;
    draft = rungs[step](downTo === context.downTo ? context : { ...context, downTo }, draft);
  }
  return { ...draft, kept: countKept(context.keepAt(draft.level), input.entries) };
}

function contextOf(input: PlanInput): RungContext {
  const { groups, entries, policy, keepRules, goal, targetTokens } = input;
  const candidates = candidatesOf(groups, entries);
  const levels = keepLevels(policy, keepRules);
  let results: readonly ToolResult[] | undefined;
  return {
    ...input,
    candidates,
    levels,
    downTo: goal === 'all' ? 0 : targetTokens,
    keepAt: keepSetsOf(candidates, keepRules, levels),
    get results() {
      return (results ??= toolResults(groups, entries, policy, candidates));
    },
  };
}

/** Who asks for everything does not settle for pruning, where the ladder has more. */
function stepsFor({ policy, goal, hasSummarizer }: PlanInput): readonly LadderStep[] {
  const isPruning = (step: LadderStep) => step === 'clear' || step === 'trim';
  if (goal === 'prune') return policy.ladder.filter(isPruning);
  if (goal === 'target') return policy.ladder;
  const stronger = policy.ladder.filter(
    (step) => !isPruning(step) && step !== 'stages' && (step !== 'summarize' || hasSummarizer),
  );
  return stronger.length === 0 ? policy.ladder : stronger;
}

function isDone({ goal, targetTokens }: PlanInput, draft: Draft): boolean {
  return draft.estimatedTokens <= targetTokens && (goal !== 'all' || hasLeft(draft));
}

/** Whether more than what the model has not read yet is changed. */
function hasLeft({ covered, changes }: Draft): boolean {
  return (
    covered.length > 0 || [...changes.values()].some(({ reason }) => reason !== 'oversized_unread_result')
  );
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
