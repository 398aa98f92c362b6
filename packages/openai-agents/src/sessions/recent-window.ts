import { agents, groupItems } from '@clew/core';
import type { ItemGroup } from '@clew/core';
import type { AgentInputItem } from '@openai/agents-core';

type WindowLimits = {
  /** Items at most. */
  readonly windowSize?: number | undefined;
  /** Tokens at most. */
  readonly tokenBudget?: number | undefined;
};

type WindowInput = WindowLimits & {
  /** Asked only where there is a token budget. */
  readonly weigh?: ((item: AgentInputItem) => Promise<number>) | undefined;
  /** What stays whatever the limits say, with all that must stay beside it. */
  readonly mustStay?: ((group: ItemGroup, items: readonly AgentInputItem[]) => boolean) | undefined;
};

/**
 * The newest groups that fit: a call and its result are in it or out of it together. It ends at the first group that
 * does not fit, whichever limit says so, so that what is left has no gap but where something must stay.
 *
 * @returns the items themselves, in order
 */
export async function recentWindow(
  items: readonly AgentInputItem[],
  { windowSize = Infinity, tokenBudget = Infinity, weigh = nothing, mustStay = () => false }: WindowInput,
): Promise<AgentInputItem[]> {
  const groups = groupItems(items, agents);
  const stay = new Set<number>();
  let tokens = 0;
  const take = async ({ members }: ItemGroup) => {
    for (const index of members) stay.add(index);
    // Tokens may cost a request: they are counted where they matter.
    if (tokenBudget !== Infinity) tokens += await tokensOf(members, items, weigh);
  };
  const [held, free] = split(groups, (group) => mustStay(group, items));
  for (const group of held) await take(group);
  for (const group of free.toSorted(newestFirst)) {
    if (stay.size + group.members.length > windowSize) break;
    const before = tokens;
    await take(group);
    if (tokens <= tokenBudget) continue;
    for (const index of group.members) stay.delete(index);
    tokens = before;
    break;
  }
  return items.filter((_, index) => stay.has(index));
}

async function tokensOf(
  members: readonly number[],
  items: readonly AgentInputItem[],
  weigh: (item: AgentInputItem) => Promise<number>,
): Promise<number> {
  const own = members.flatMap((index) => items[index] ?? []);
  const weights = await Promise.all(own.map(async (item) => weigh(item)));
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function split<TValue>(values: readonly TValue[], test: (value: TValue) => boolean): [TValue[], TValue[]] {
  const yes: TValue[] = [];
  const no: TValue[] = [];
  for (const value of values) (test(value) ? yes : no).push(value);
  return [yes, no];
}

function newestFirst(left: ItemGroup, right: ItemGroup): number {
  return (right.members.at(-1) ?? 0) - (left.members.at(-1) ?? 0);
}

async function nothing(): Promise<number> {
  return 0;
}

/** The provider's own compaction: what stood before it is nowhere else. */
export function holdsCompaction({ members }: ItemGroup, items: readonly AgentInputItem[]): boolean {
  return members.some((index) => items[index]?.type === 'compaction');
}
