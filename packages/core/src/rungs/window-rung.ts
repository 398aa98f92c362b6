import type { Change } from '../change.ts';
import type { Group } from '../group.ts';
import { firmly } from '../keep.ts';
import { budgetOf } from '../window.ts';
import { leavingIn, tokensIn } from './rung.ts';
import type { Draft, Rung, RungContext } from './rung.ts';

/**
 * Drops the oldest: down to the target what no rule keeps, and down to the budget also what is only kept because
 * it is recent. What may never leave, the last group and the user's last message stay.
 */
export const dropOldest: Rung = (context, draft) => {
  const { groups, window, levels, candidates, keepRules } = context;
  const lastUser = groups.findLast((group) => candidates.get(group)?.isUser === true);
  const isHeldFirmly = firmly(keepRules);
  const mustStay = (group: Group) => {
    const candidate = candidates.get(group);
    const isLast = group === groups.at(-1) || group === lastUser || group.kind === 'summary';
    return isLast || candidate === undefined || isHeldFirmly(candidate);
  };
  const ordered = inOrder(context).filter((group) => !mustStay(group));
  const dropUnkept = (from: Draft, level: Draft['level'], downTo: number) => {
    const keep = context.keepAt(level);
    const unkept = ordered.filter((group) => !keep.has(group));
    return drop(context, { ...from, level }, unkept, downTo);
  };
  let best = dropUnkept(draft, draft.level, context.downTo);
  for (const level of levels.slice(levels.indexOf(draft.level) + 1)) {
    if (best.estimatedTokens <= budgetOf(window)) break;
    best = dropUnkept(best, level, budgetOf(window));
  }
  best = drop(context, best, ordered, budgetOf(window));
  return best.changes.size === draft.changes.size ? draft : { ...best, steps: [...draft.steps, 'window'] };
};

function drop(context: RungContext, draft: Draft, groups: readonly Group[], downTo: number): Draft {
  const leaving = leavingIn(draft);
  const changes = new Map<number, Change>(draft.changes);
  let { estimatedTokens } = draft;
  for (const { members } of groups) {
    if (estimatedTokens <= downTo) break;
    if (members.some((index) => leaving.has(index))) continue;
    for (const index of members) {
      estimatedTokens -= tokensIn(context, draft, index);
      changes.set(index, { fate: 'dropped', reason: 'over_budget' });
    }
  }
  return { ...draft, changes, estimatedTokens };
}

/** The roles that leave first, in their order; then the oldest first. */
function inOrder({ groups, policy, candidates }: RungContext): readonly Group[] {
  const order: readonly string[] = policy.rolesLeaveFirst ?? [];
  if (order.length === 0) return groups;
  const rank = (group: Group) => {
    const role = group.kind === 'tool' ? 'tool' : candidates.get(group)?.views[0]?.role;
    const found = order.indexOf(role ?? '');
    return found === -1 ? order.length : found;
  };
  return groups.toSorted((left, right) => rank(left) - rank(right));
}
