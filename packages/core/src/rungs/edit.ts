import type { Change } from '../change.ts';
import type { Group } from '../group.ts';
import { tokensIn } from './rung.ts';
import type { Draft, RungContext } from './rung.ts';

/** An edit that may be made to the item at a position; `undefined` where it would not be worth it. */
export type Proposal = { readonly index: number; readonly change: () => Change | undefined };

/** Makes the edits in their order until the rung has got down to what it is to; none that would win nothing. */
export function edit(context: RungContext, draft: Draft, proposals: Iterable<Proposal>): Draft {
  const changes = new Map(draft.changes);
  let { estimatedTokens } = draft;
  for (const { index, change } of proposals) {
    if (estimatedTokens <= context.downTo) break;
    const next = change();
    const now = tokensIn(context, { ...draft, changes }, index);
    if (next === undefined || !('tokens' in next) || next.tokens >= now) continue;
    changes.set(index, next);
    estimatedTokens -= now - next.tokens;
  }
  return { ...draft, changes, estimatedTokens };
}

/** Whether the policy names a tool of the group as one whose calls are never changed. */
export function isSpared({ candidates, policy: { keepTools = [] } }: RungContext, group: Group): boolean {
  return candidates.get(group)?.tools.some((tool) => keepTools.includes(tool)) === true;
}
