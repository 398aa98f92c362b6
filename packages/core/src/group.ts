import type { Entry } from './entry.ts';

/** The smallest unit that may leave together: a call with its result, reasoning with what it produced. */
export type Group = {
  /** Positions of its entries, ascending. */
  readonly members: readonly number[];
  readonly kind: 'message' | 'tool' | 'summary' | 'other';
  readonly tokens: number;
  readonly isProtected: boolean;
  /** A call in it has no answer yet: nobody may touch it. */
  readonly isPending: boolean;
  /** It holds a result that the model has not seen: it came after the last thing that the model said. */
  readonly isUnread: boolean;
};

export type Grouping = {
  readonly groups: readonly Group[];
  /** What is wrong with the list, where calls and results do not match. */
  readonly defects: readonly string[];
};

type AnyEntry = Entry<unknown>;

export function groupEntries(entries: readonly AnyEntry[]): Grouping {
  const parents = entries.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[index] = root;
    return root;
  };
  const join = (left: number, right: number) => {
    const [first, second] = [find(left), find(right)].toSorted((a, b) => a - b);
    if (first !== undefined && second !== undefined) parents[second] = first;
  };

  const { openers, answered, defects } = pairCalls(entries, join);
  joinResponses(entries, join);

  const members = new Map<number, number[]>();
  for (const index of entries.keys()) {
    const root = find(index);
    const list = members.get(root);
    if (list === undefined) members.set(root, [index]);
    else list.push(index);
  }
  const isOpen = (id: string) => openers.has(id) && !answered.has(id);
  const lastSaid = entries.findLastIndex(({ view }) => view.role === 'assistant');
  return { groups: [...members.values()].map((list) => groupOf(list, entries, isOpen, lastSaid)), defects };
}

function pairCalls(entries: readonly AnyEntry[], join: (left: number, right: number) => void) {
  const openers = new Map<string, number>();
  const answered = new Set<string>();
  const defects: string[] = [];
  for (const [index, { view }] of entries.entries()) {
    for (const id of view.answers) {
      const opener = openers.get(id);
      if (opener !== undefined) {
        join(opener, index);
        answered.add(id);
      } else if (view.kind === 'result') {
        defects.push(`item ${index} answers call ${id}, which no item before it opens`);
      }
    }
    for (const id of view.calls) {
      const isOpen = openers.has(id) && !answered.delete(id);
      if (isOpen) defects.push(`item ${index} opens call ${id} again, which has no answer yet`);
      openers.set(id, index);
    }
  }
  return { openers, answered, defects };
}

/** Reasoning stays with all that the same answer of the model produced, and parallel calls stay together. */
function joinResponses(entries: readonly AnyEntry[], join: (left: number, right: number) => void): void {
  let isLed = false;
  for (const [index, { view, isSummary }] of entries.entries()) {
    const next = entries[index + 1];
    isLed = view.role === 'assistant' && !isSummary && (isLed || view.kind === 'reasoning');
    if (next === undefined || next.isSummary || next.view.role !== 'assistant') continue;
    if (isLed || (view.kind === 'call' && next.view.kind === 'call')) join(index, index + 1);
  }
}

function groupOf(
  members: readonly number[],
  entries: readonly AnyEntry[],
  isOpen: (id: string) => boolean,
  lastSaid: number,
): Group {
  const own = members.flatMap((index) => entries[index] ?? []);
  const has = (kind: string) => own.some(({ view }) => view.kind === kind);
  return {
    members,
    kind: own.some(({ isSummary }) => isSummary)
      ? 'summary'
      : has('call') || has('result')
        ? 'tool'
        : has('message')
          ? 'message'
          : 'other',
    tokens: own.reduce((sum, { tokens }) => sum + tokens, 0),
    isProtected: own.some(({ isProtected }) => isProtected),
    isPending: own.some(({ view }) => view.calls.some(isOpen)),
    isUnread: members.some((index) => index > lastSaid && entries[index]?.view.kind === 'result'),
  };
}
