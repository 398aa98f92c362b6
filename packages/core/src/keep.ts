import type { Group } from './group.ts';
import type { Candidate } from './keeping/candidate.ts';
import {
  keepRecentItems,
  keepRecentPairsPerTool,
  keepRecentTokens,
  keepRecentToolPairs,
  keepRecentTurns,
  keepTools,
} from './keeping/keep-rule.ts';
import type { KeepRule } from './keeping/keep-rule.ts';
import type { CompactPolicy } from './policy.ts';

/** How much of the recent past to keep. The ladder lowers it step by step. */
export type KeepLevel = {
  readonly turns: number;
  readonly pairs: number;
  /** Whether the rules besides turns and pairs that may give way are still held. */
  readonly isFull: boolean;
};

/** The name of the rule that keeps each group. A group that is absent may leave. */
export type KeepSet = ReadonlyMap<Group, string>;

/** What no policy can let go. */
const always: readonly KeepRule[] = [
  { name: 'protected', isFirm: true, keeps: ({ isProtected }) => isProtected },
  { name: 'in_flight', isFirm: true, keeps: ({ isInFlight }) => isInFlight },
  { name: 'unknown_type', isFirm: true, keeps: ({ kind }) => kind === 'other' },
];

/** The rules that a policy's fields and its user's own rules stand for, besides turns and pairs. */
export function keepRulesOf(policy: CompactPolicy, own: readonly KeepRule[] = []): readonly KeepRule[] {
  const { keepRecentTokens: tokens, keepRecentItems: items, keepTools: tools } = policy;
  const perTool = policy.pruning === 'stage_aware' ? (policy.keepPairsPerTool ?? 1) : undefined;
  return [
    ...(tools === undefined ? [] : [keepTools(...tools)]),
    ...(tokens === 0 ? [] : [keepRecentTokens(tokens)]),
    ...(items === undefined ? [] : [keepRecentItems(items)]),
    ...(perTool === undefined ? [] : [keepRecentPairsPerTool(perTool)]),
    ...own,
  ];
}

/** All that the rules ask for; then without those that give way; then one turn less, then one pair less, to 1 and 1. */
export function keepLevels(policy: CompactPolicy, rules: readonly KeepRule[]): readonly KeepLevel[] {
  const { keepRecentTurns: allTurns, keepToolIoPairs: allPairs } = policy;
  const full = { turns: allTurns, pairs: allPairs, isFull: true };
  const levels: KeepLevel[] = rules.every(isFirm) ? [full] : [full, { ...full, isFull: false }];
  for (let turns = allTurns - 1; turns >= 1; turns -= 1) {
    levels.push({ turns, pairs: allPairs, isFull: false });
  }
  for (let pairs = allPairs - 1; pairs >= 1; pairs -= 1) levels.push({ turns: 1, pairs, isFull: false });
  return levels;
}

/**
 * The keep set of each level, made when it is first asked for. No level keeps what the one before it let go, so
 * that each is looked for in the one before only.
 */
export function keepSetsOf(
  candidates: ReadonlyMap<Group, Candidate>,
  rules: readonly KeepRule[],
  levels: readonly KeepLevel[],
): (level: KeepLevel) => KeepSet {
  const sets: KeepSet[] = [];
  return (wanted) => {
    const last = levels.indexOf(wanted);
    for (const level of levels.slice(sets.length, last + 1)) {
      const before = sets.at(-1);
      sets.push(keepSet(before === undefined ? candidates : restrict(candidates, before), rules, level));
    }
    return sets[last] ?? keepSet(candidates, rules, wanted);
  };
}

function restrict(candidates: ReadonlyMap<Group, Candidate>, set: KeepSet): ReadonlyMap<Group, Candidate> {
  const within = new Map<Group, Candidate>();
  for (const group of set.keys()) {
    const candidate = candidates.get(group);
    if (candidate !== undefined) within.set(group, candidate);
  }
  return within;
}

export function keepSet(
  candidates: ReadonlyMap<Group, Candidate>,
  rules: readonly KeepRule[],
  { turns, pairs, isFull }: KeepLevel,
): KeepSet {
  const all = [
    ...always,
    ...rules.filter(isFirm),
    keepRecentTurns(turns),
    keepRecentToolPairs(pairs),
    ...(isFull ? rules.filter((rule) => !isFirm(rule)) : []),
  ];
  const kept = new Map<Group, string>();
  for (const [group, candidate] of candidates) {
    if (candidate.kind === 'summary') continue;
    const rule = all.find(({ keeps }) => keeps(candidate));
    if (rule !== undefined) kept.set(group, rule.name);
  }
  return kept;
}

/** What may not even leave to get below the budget. */
export function firmly(rules: readonly KeepRule[]): (candidate: Candidate) => boolean {
  const firm = [...always, ...rules.filter(isFirm)];
  return (candidate) => firm.some(({ keeps }) => keeps(candidate));
}

function isFirm(rule: KeepRule): boolean {
  return rule.isFirm === true;
}
