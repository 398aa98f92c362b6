import type { Change } from '../change.ts';
import { commonLimit } from '../common-limit.ts';
import { budgetOf } from '../window.ts';
import { pruningOrder } from './pruning-order.ts';
import { leavingIn, tokensIn } from './rung.ts';
import type { Draft, Rung, RungContext } from './rung.ts';
import type { ToolResult } from './tool-results.ts';
import { trimToTokens } from './trim-to-tokens.ts';

/** A result this small is not worth clearing: its placeholder would be as long. */
const minClearedTokens = 60;

/** Replaces old tool results by placeholders. */
export const clear: Rung = (context, draft) => {
  if (!context.policy.clearToolResults) return draft;
  const keep = context.keepAt(draft.level);
  return edit(context, { ...draft, steps: [...draft.steps, 'clear'] }, (result) =>
    keep.has(result.group) || result.group.isUnread ? undefined : placeholder(context, draft, result),
  );
};

/** Shortens oversized tool results to head and tail, recent ones too, but not what the model has not read. */
export const trim: Rung = (context, draft) => {
  const limit = context.policy.trimToolResultTokens;
  return edit(context, { ...draft, steps: [...draft.steps, 'trim'] }, ({ index, entry, group }) => {
    if (group.isUnread || draft.changes.has(index)) return undefined;
    return trimToTokens(context.weigher, entry, limit, 'oversized_tool_result');
  });
};

/**
 * Shortens what the model has not read yet, only where it would take more than half of the budget by itself, and
 * then the largest results first: without it there would be no room for what it is about.
 */
export const makeRoomForUnread: Rung = (context, draft) => {
  if (!context.policy.ladder.includes('trim')) return draft;
  const unread = mayTouch(context, draft).filter(({ group }) => group.isUnread);
  if (unread.length === 0) return draft;
  const sizes = unread.map(({ entry }) => entry.tokens);
  const limit = commonLimit(sizes, Math.floor(budgetOf(context.window) / 2));
  const made = edit({ ...context, downTo: -Infinity }, draft, ({ entry, group }) =>
    group.isUnread ? trimToTokens(context.weigher, entry, limit, 'oversized_unread_result') : undefined,
  );
  return made.changes.size === 0 ? draft : { ...made, steps: ['trim'] };
};

/** Changes results, first what the policy's order says, until the target is met. */
function edit(context: RungContext, draft: Draft, change: (result: ToolResult) => Change | undefined): Draft {
  const changes = new Map(draft.changes);
  let { estimatedTokens } = draft;
  for (const result of pruningOrder(mayTouch(context, draft), context.policy)) {
    if (estimatedTokens <= context.downTo) break;
    const next = change(result);
    const now = tokensIn(context, draft, result.index);
    if (next === undefined || !('tokens' in next) || next.tokens >= now) continue;
    changes.set(result.index, next);
    estimatedTokens -= now - next.tokens;
  }
  const steps = draft.steps.filter((step, index, all) => all.indexOf(step) === index);
  return { ...draft, steps, changes, estimatedTokens };
}

function mayTouch({ results }: RungContext, draft: Draft): readonly ToolResult[] {
  const leaving = leavingIn(draft);
  return leaving.size === 0 ? results : results.filter(({ index }) => !leaving.has(index));
}

function placeholder(
  context: RungContext,
  draft: Draft,
  { index, entry, tool }: ToolResult,
): Change | undefined {
  if (tokensIn(context, draft, index) < minClearedTokens) return undefined;
  const text = `[cleared to save context: the output of ${tool ?? 'a tool'}, ${entry.tokens} tokens. Call the tool again if it is needed.]`;
  const tokens = context.weigher.view({ text, mediaCount: 0 });
  return { fate: 'cleared', text, tokens, reason: 'old_tool_result' };
}
