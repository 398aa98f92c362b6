import type { Entry } from './entry.ts';
import type { Group } from './group.ts';
import type { CompactPolicy } from './policy.ts';

/** How much of the recent past to keep. The ladder lowers it step by step. */
export type KeepLevel = { readonly turns: number; readonly pairs: number };

type KeepReason =
  | 'protected'
  | 'in_flight'
  | 'unknown_type'
  | 'recent_turn'
  | 'recent_tool_pair'
  | 'recent_tokens';

/** Why each group that may not leave is kept. A group that is absent may leave. */
export type KeepSet = ReadonlyMap<Group, KeepReason>;

/** First the level of the policy, then one turn less at a time, then one tool pair less, down to 1 and 1. */
export function keepLevels(policy: CompactPolicy): readonly KeepLevel[] {
  const levels: KeepLevel[] = [];
  for (let turns = policy.keepRecentTurns; turns >= 1; turns -= 1) {
    levels.push({ turns, pairs: policy.keepToolIoPairs });
  }
  for (let pairs = policy.keepToolIoPairs - 1; pairs >= 1; pairs -= 1) levels.push({ turns: 1, pairs });
  return levels;
}

export function keepSet(
  groups: readonly Group[],
  entries: readonly Entry<unknown>[],
  level: KeepLevel,
  recentTokens: number,
): KeepSet {
  const kept = new Map<Group, KeepReason>();
  const keep = (group: Group | undefined, reason: KeepReason) => {
    if (group !== undefined && group.kind !== 'summary' && !kept.has(group)) kept.set(group, reason);
  };
  for (const group of groups) {
    if (group.isProtected) keep(group, 'protected');
    else if (group.isPending || group.isUnread) keep(group, 'in_flight');
    else if (group.kind === 'other') keep(group, 'unknown_type');
  }
  for (const group of recentTurns(groups, entries, level.turns)) keep(group, 'recent_turn');
  for (const group of lastOf(groups, 'tool', level.pairs)) keep(group, 'recent_tool_pair');
  for (const group of withinTokens(groups, recentTokens)) keep(group, 'recent_tokens');
  return kept;
}

/** Of each recent turn: what the user said, and the last thing that the assistant said. */
function recentTurns(
  groups: readonly Group[],
  entries: readonly Entry<unknown>[],
  turns: number,
): readonly Group[] {
  const found: Group[] = [];
  let seen = 0;
  let hasAnswer = false;
  for (const group of byLastMember(groups)) {
    if (group.kind !== 'message') continue;
    const isUser = group.members.some((index) => entries[index]?.view.role === 'user');
    if (isUser) {
      found.push(group);
      seen += 1;
      hasAnswer = false;
      if (seen === turns) break;
    } else if (!hasAnswer) {
      found.push(group);
      hasAnswer = true;
    }
  }
  return found;
}

function lastOf(groups: readonly Group[], kind: Group['kind'], count: number): readonly Group[] {
  return byLastMember(groups)
    .filter((group) => group.kind === kind)
    .slice(0, count);
}

function withinTokens(groups: readonly Group[], limit: number): readonly Group[] {
  let sum = 0;
  const ordered = byLastMember(groups);
  const end = ordered.findIndex((group) => (sum += group.tokens) > limit);
  return end === -1 ? ordered : ordered.slice(0, end);
}

/** Newest first. */
function byLastMember(groups: readonly Group[]): readonly Group[] {
  return groups.toSorted((left, right) => (right.members.at(-1) ?? 0) - (left.members.at(-1) ?? 0));
}
