import type { Entry } from './entry.ts';
import { groupEntries } from './group.ts';
import { keepSet } from './keep.ts';
import type { KeepLevel } from './keep.ts';
import { candidatesOf } from './keeping/candidate.ts';
import type { KeepRule } from './keeping/keep-rule.ts';

/** What holds a part of the prompt. */
export type Holder = {
  /** `fixed` (instructions and tools), `summary`, the name of a keep rule, or `ladder`: no rung took it. */
  readonly rule: string;
  readonly tokens: number;
  readonly count: number;
};

/** Why the target was not met. */
export type Shortfall = {
  readonly targetTokens: number;
  /** Tokens above the target. */
  readonly missingTokens: number;
  /** Who holds what; the tokens sum to the whole prompt. The largest comes first. */
  readonly heldBy: readonly Holder[];
};

export type ShortfallInput = {
  readonly entries: readonly Entry<unknown>[];
  /** Instructions and tools, in tokens. */
  readonly fixedTokens: number;
  readonly totalTokens: number;
  readonly targetTokens: number;
  readonly rules: readonly KeepRule[];
  /** What the plan still kept. */
  readonly level: KeepLevel;
};

/** @returns `undefined` where the target is met */
export function shortfallOf(input: ShortfallInput): Shortfall | undefined {
  const { entries, fixedTokens, totalTokens, targetTokens, rules, level } = input;
  if (totalTokens <= targetTokens) return undefined;
  const { groups } = groupEntries(entries);
  const keep = keepSet(candidatesOf(groups, entries), rules, level);
  const held = new Map<string, Holder>([['fixed', { rule: 'fixed', tokens: fixedTokens, count: 0 }]]);
  for (const group of groups) {
    const rule = group.kind === 'summary' ? 'summary' : (keep.get(group) ?? 'ladder');
    const { tokens, count } = held.get(rule) ?? { tokens: 0, count: 0 };
    held.set(rule, { rule, tokens: tokens + group.tokens, count: count + group.members.length });
  }
  const heldBy = [...held.values()]
    .filter(({ tokens }) => tokens > 0)
    .toSorted((left, right) => right.tokens - left.tokens);
  return { targetTokens, missingTokens: totalTokens - targetTokens, heldBy };
}

/** The same for people. */
export function describeShortfall({ targetTokens, missingTokens, heldBy }: Shortfall): string {
  const held = heldBy.map(({ rule, tokens, count }) =>
    rule === 'fixed' ? `instructions and tools ${tokens}` : `${rule} ${tokens} in ${count} items`,
  );
  return `The context is ${missingTokens} tokens above the target of ${targetTokens}. Held by: ${held.join(', ')}.`;
}
