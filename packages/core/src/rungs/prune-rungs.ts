import type { Change } from '../change.ts';
import { commonLimit } from '../common-limit.ts';
import { budgetOf } from '../window.ts';
import { clearOldMedia } from './clear-media.ts';
import { inputsOf } from './clear-inputs.ts';
import { edit } from './edit.ts';
import type { Proposal } from './edit.ts';
import { pruningOrder } from './pruning-order.ts';
import { leavingIn, tokensIn } from './rung.ts';
import type { Draft, Rung, RungContext } from './rung.ts';
import type { ToolResult } from './tool-results.ts';
import { trimToTokens } from './trim-to-tokens.ts';

/** A result this small is not worth clearing: its placeholder would be as long. */
const minClearedTokens = 60;

/** Replaces old tool results by placeholders, then old pictures and files by notes. */
export const clear: Rung = (context, draft) => {
  const { clearToolResults, clearMedia = true } = context.policy;
  const cleared = clearToolResults
    ? edit(context, withStep(draft, 'clear'), clearing(context, draft))
    : draft;
  if (!clearMedia) return cleared;
  const made = clearOldMedia(context, cleared);
  return made === cleared ? cleared : withStep(made, 'clear');
};

/** Shortens oversized tool results to head and tail, recent ones too, but not what the model has not read. */
export const trim: Rung = (context, draft) => {
  const limit = context.policy.trimToolResultTokens;
  return editResults(context, withStep(draft, 'trim'), ({ index, entry, group }) => {
    if (group.isUnread || draft.changes.has(index)) return undefined;
    return trimToTokens(context.weigher, entry, limit, 'oversized_tool_result');
  });
};

/**
 * Shortens what the model has not read yet, only where it would take more than its share of the budget by itself (a
 * half), and then the largest results first: without it there would be no room for what it is about.
 */
export const makeRoomForUnread: Rung = (context, draft) => {
  if (!context.policy.ladder.includes('trim')) return draft;
  const unread = mayTouch(context, draft).filter(({ group }) => group.isUnread);
  if (unread.length === 0) return draft;
  const sizes = unread.map(({ entry }) => entry.tokens);
  const limit = commonLimit(sizes, Math.floor(budgetOf(context.window) * context.unreadShare));
  const made = editResults({ ...context, downTo: -Infinity }, draft, ({ entry, group }) =>
    group.isUnread ? trimToTokens(context.weigher, entry, limit, 'oversized_unread_result') : undefined,
  );
  return made.changes.size === 0 ? draft : { ...made, steps: ['trim'] };
};

/** Each old result, and behind it the arguments of its call where the policy wants them cleared too. */
function* clearing(context: RungContext, draft: Draft): Generator<Proposal> {
  const keep = context.keepAt(draft.level);
  const inputs = inputsOf(context);
  for (const result of pruningOrder(mayTouch(context, draft), context.policy)) {
    if (keep.has(result.group) || result.group.isUnread) continue;
    yield { index: result.index, change: () => placeholder(context, draft, result) };
    yield* inputs(result);
  }
}

/** Changes results, first what the policy's order says, until the target is met. */
function editResults(
  context: RungContext,
  draft: Draft,
  change: (result: ToolResult) => Change | undefined,
): Draft {
  const results = pruningOrder(mayTouch(context, draft), context.policy);
  return edit(
    context,
    draft,
    results.map((result) => ({ index: result.index, change: () => change(result) })),
  );
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
  const what = context.policy.clearToolInputs === true ? 'the input and the output' : 'the output';
  const text = `[cleared to save context: ${what} of ${tool ?? 'a tool'}, ${entry.tokens} tokens. Call the tool again if it is needed.]`;
  const tokens = context.weigher.view({ text, mediaCount: 0 });
  return { fate: 'cleared', text, tokens, reason: 'old_tool_result' };
}

function withStep(draft: Draft, step: Draft['steps'][number]): Draft {
  return draft.steps.includes(step) ? draft : { ...draft, steps: [...draft.steps, step] };
}
