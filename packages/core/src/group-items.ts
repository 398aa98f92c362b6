import type { Dialect } from './dialect.ts';
import type { Entry } from './entry.ts';
import { groupEntries } from './group.ts';
import type { Group } from './group.ts';

/** Positions that may only leave together: a call with its result, reasoning with what it led to. */
export type ItemGroup = Pick<Group, 'members' | 'kind' | 'isPending' | 'isUnread'>;

/**
 * The groups of a list, as the engine forms them: for code that cuts histories by rules of its own, such as a
 * window over a session. Nothing is counted and nothing is remembered.
 */
export function groupItems<TItem>(
  items: readonly TItem[],
  dialect: Pick<Dialect<TItem>, 'inspect'>,
): readonly ItemGroup[] {
  const entries = items.map((item): Entry<TItem> => ({
    item,
    view: dialect.inspect(item),
    id: '',
    tokens: 0,
    category: 'other',
    isProtected: false,
    isSummary: false,
  }));
  return groupEntries(entries).groups.map(({ members, kind, isPending, isUnread }) => ({
    members,
    kind,
    isPending,
    isUnread,
  }));
}
