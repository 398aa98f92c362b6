import type { Entry } from '../entry.ts';
import type { Group } from '../group.ts';
import type { ItemView } from '../item-view.ts';

/** What stands behind something in the context, nearer to its end. */
export type Newer = {
  readonly turns: number;
  readonly items: number;
  readonly tokens: number;
  readonly toolPairs: number;
  /** Tool pairs of the same tool. */
  readonly pairsOfTool: number;
};

/** A group, as a keep rule sees it: what it is, and how much is newer than it. */
export type Candidate = {
  readonly kind: Group['kind'];
  readonly views: readonly ItemView[];
  readonly tools: readonly string[];
  readonly tokens: number;
  readonly isProtected: boolean;
  /** Its result has not arrived, or the model has not read it. */
  readonly isInFlight: boolean;
  /** A message of the user, which begins a turn. */
  readonly isUser: boolean;
  /** The last message of its turn that is not the user's. */
  readonly isFinalAnswer: boolean;
  readonly newer: Newer;
};

const none: readonly string[] = [];

/** Each group as a candidate, in one pass from the newest to the oldest. */
export function candidatesOf(
  groups: readonly Group[],
  entries: readonly Entry<unknown>[],
): ReadonlyMap<Group, Candidate> {
  const candidates = new Map<Group, Candidate>();
  const newer = { turns: 0, items: 0, tokens: 0, toolPairs: 0 };
  const pairs = new Map<string, number>();
  let hasAnswer = false;
  for (const group of groups.toSorted((left, right) => lastOf(right) - lastOf(left))) {
    const views = group.members.flatMap((index) => entries[index]?.view ?? []);
    const tools = views.some(({ tool }) => tool !== undefined) ? toolsOf(views) : none;
    const isUser = group.kind === 'message' && views.some(({ role }) => role === 'user');
    const isFinalAnswer: boolean = group.kind === 'message' && !isUser && !hasAnswer;
    const pairsOfTool = tools.length === 0 ? 0 : Math.min(...tools.map((tool) => pairs.get(tool) ?? 0));
    const { kind, tokens, isProtected, isPending, isUnread } = group;
    const isInFlight = isPending || isUnread;
    candidates.set(group, {
      kind,
      views,
      tools,
      tokens,
      isProtected,
      isInFlight,
      isUser,
      isFinalAnswer,
      newer: {
        turns: newer.turns,
        items: newer.items,
        tokens: newer.tokens,
        toolPairs: newer.toolPairs,
        pairsOfTool,
      },
    });
    newer.items += group.members.length;
    newer.tokens += tokens;
    if (isUser) newer.turns += 1;
    if (isUser || isFinalAnswer) hasAnswer = isFinalAnswer;
    if (kind !== 'tool') continue;
    newer.toolPairs += 1;
    for (const tool of tools) pairs.set(tool, (pairs.get(tool) ?? 0) + 1);
  }
  return candidates;
}

/** An item that makes several calls names their tools in one list. */
function toolsOf(views: readonly ItemView[]): readonly string[] {
  return [...new Set(views.flatMap(({ tool }) => tool?.split(', ') ?? []))];
}

function lastOf({ members }: Group): number {
  return members.at(-1) ?? 0;
}
