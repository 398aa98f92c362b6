import type { Change } from './change.ts';
import { commonLimit } from './common-limit.ts';
import type { Entry } from './entry.ts';
import type { Group } from './group.ts';
import type { KeepSet } from './keep.ts';
import type { CompactPolicy } from './policy.ts';
import { shorten } from './shorten.ts';
import type { Weigher } from './weigh.ts';

type PruneContext = {
  readonly entries: readonly Entry<unknown>[];
  readonly groups: readonly Group[];
  readonly policy: CompactPolicy;
  readonly weigher: Weigher;
};

/** A result this small is not worth clearing: its placeholder would be as long. */
const minClearedTokens = 60;
/** Characters to a token, on the safe side, for cutting a text to a size in tokens. */
const charactersPerToken = 3;

/** Replaces old tool results by placeholders, oldest first, until the target is met. @returns the new total */
export function clearResults(
  context: PruneContext,
  keep: KeepSet,
  changes: Map<number, Change>,
  total: number,
  target: number,
): number {
  let left = total;
  for (const [index, entry] of results(context, (group) => !keep.has(group) && !group.isUnread)) {
    if (left <= target) break;
    if (entry.tokens < minClearedTokens) continue;
    const text = `[cleared to save context: the output of ${entry.view.tool ?? 'a tool'}, ${entry.tokens} tokens. Call the tool again if it is needed.]`;
    const tokens = context.weigher.view({ text, mediaCount: 0 });
    if (tokens >= entry.tokens) continue;
    changes.set(index, { fate: 'cleared', text, tokens, reason: 'old_tool_result' });
    left -= entry.tokens - tokens;
  }
  return left;
}

/** Shortens oversized tool results to head and tail, oldest first, until the target is met. @returns the new total */
export function trimResults(
  context: PruneContext,
  changes: Map<number, Change>,
  total: number,
  target: number,
): number {
  const limit = context.policy.trimToolResultTokens;
  let left = total;
  for (const [index, entry] of results(context, (group) => !group.isUnread)) {
    if (left <= target) break;
    if (!changes.has(index)) left -= trim(context, changes, [index, entry], limit, 'oversized_tool_result');
  }
  return left;
}

/**
 * Shortens what the model has not read yet, only where it would take more than `maxTokens` by itself, and then the
 * largest results first: without it there would be no room for what it is about. @returns the new total
 */
export function trimUnread(
  context: PruneContext,
  changes: Map<number, Change>,
  total: number,
  maxTokens: number,
): number {
  const unread = [...results(context, (group) => group.isUnread)];
  const limit = commonLimit(
    unread.map(([, { tokens }]) => tokens),
    maxTokens,
  );
  return unread.reduce(
    (left, row) => left - trim(context, changes, row, limit, 'oversized_unread_result'),
    total,
  );
}

/** @returns the tokens that were freed */
function trim(
  { weigher }: PruneContext,
  changes: Map<number, Change>,
  [index, entry]: readonly [number, Entry<unknown>],
  limit: number,
  reason: string,
): number {
  if (entry.tokens <= limit) return 0;
  const text = shorten(entry.view.text, limit * charactersPerToken);
  const tokens = weigher.view({ text, mediaCount: 0 });
  if (tokens >= entry.tokens) return 0;
  changes.set(index, { fate: 'trimmed', text, tokens, reason });
  return entry.tokens - tokens;
}

function* results(
  { entries, groups, policy }: PruneContext,
  mayTouch: (group: Group) => boolean,
): Generator<readonly [number, Entry<unknown>]> {
  const excluded = new Set(policy.excludeTools);
  for (const group of groups) {
    if (group.kind !== 'tool' || group.isProtected || group.isPending || !mayTouch(group)) continue;
    const tools = new Set(group.members.map((index) => entries[index]?.view.tool));
    for (const index of group.members) {
      const entry = entries[index];
      if (entry?.view.kind !== 'result') continue;
      // Chat Completions names the tool in the call only.
      const tool =
        entry.view.tool ?? (tools.size <= 2 ? [...tools].find((name) => name !== undefined) : undefined);
      if (tool === undefined || !excluded.has(tool)) yield [index, entry];
    }
  }
}
