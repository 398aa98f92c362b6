import type { Changes } from '../change.ts';
import type { Group } from '../group.ts';
import type { Candidate } from '../keeping/candidate.ts';
import type { KeepLevel, KeepSet } from '../keep.ts';
import type { PlanInput } from '../plan-input.ts';
import type { LadderStep } from '../policy.ts';
import type { ToolResult } from './tool-results.ts';

/** What is planned so far. */
export type Draft = {
  /** The rungs that were tried, in order. */
  readonly steps: readonly LadderStep[];
  /** What is trimmed, cleared and dropped, by position. */
  readonly changes: Changes;
  /** Positions that a summary is to cover, ascending. */
  readonly covered: readonly number[];
  /** The longest summary worth having, in tokens. */
  readonly summaryTokens: number;
  /** The longest fact sheet beneath it, in tokens. */
  readonly sheetTokens: number;
  /** What the prompt will weigh, the summary taken at its longest. */
  readonly estimatedTokens: number;
  /** How much of the recent past is still kept. */
  readonly level: KeepLevel;
};

export type RungContext = PlanInput & {
  readonly candidates: ReadonlyMap<Group, Candidate>;
  /** The results that may be cleared and trimmed, in order; read when they are first asked for. */
  readonly results: readonly ToolResult[];
  readonly levels: readonly KeepLevel[];
  readonly keepAt: (level: KeepLevel) => KeepSet;
  /** What this rung is to get down to, in tokens. */
  readonly downTo: number;
};

/** One step of the ladder: a better draft, or the same where it can do nothing. */
export type Rung = (context: RungContext, draft: Draft) => Draft;

/** Tokens of the entry as the draft would leave it. */
export function tokensIn({ entries }: RungContext, { changes }: Draft, index: number): number {
  const change = changes.get(index);
  if (change === undefined) return entries[index]?.tokens ?? 0;
  return 'tokens' in change ? change.tokens : 0;
}

/** Positions that are no longer in the context. */
export function leavingIn({ changes, covered }: Draft): ReadonlySet<number> {
  const leaving = new Set(covered);
  for (const [index, { fate }] of changes) if (fate === 'dropped') leaving.add(index);
  return leaving;
}
