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
type Join = (left: number, right: number) => void;

/** In one pass over the entries, whatever they are: joining and finding are all but constant. */
export function groupEntries(entries: readonly AnyEntry[]): Grouping {
  const { join, sets } = disjointSets(entries.length);
  const { openers, answered, defects } = pairCalls(entries, join);
  joinResponses(entries, join);
  const isOpen = (id: string) => openers.has(id) && !answered.has(id);
  const lastSaid = entries.findLastIndex(({ view }) => view.role === 'assistant');
  return { groups: sets().map((members) => groupOf(members, entries, isOpen, lastSaid)), defects };
}

/** Where the calls and the results of a list do not match. */
export function defectsOf(entries: readonly AnyEntry[]): readonly string[] {
  return pairCalls(entries, () => {}).defects;
}

/** The positions below `length`, of which any two can be joined. A set is named by its first position. */
function disjointSets(length: number) {
  const parents = Int32Array.from({ length }, (_, index) => index);
  const parentOf = (index: number) => parents[index] ?? index;
  const find = (index: number): number => {
    let root = index;
    while (parentOf(root) !== root) root = parentOf(root);
    parents[index] = root;
    return root;
  };
  const join: Join = (left, right) => {
    const [one, other] = [find(left), find(right)];
    parents[Math.max(one, other)] = Math.min(one, other);
  };
  /** Each set in order, by its first position. */
  const sets = (): readonly (readonly number[])[] => {
    const byRoot = new Map<number, number[]>();
    for (let index = 0; index < length; index += 1) {
      const root = find(index);
      if (root === index) byRoot.set(root, [index]);
      else byRoot.get(root)?.push(index);
    }
    return [...byRoot.values()];
  };
  return { join, sets };
}

function pairCalls(entries: readonly AnyEntry[], join: Join) {
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
function joinResponses(entries: readonly AnyEntry[], join: Join): void {
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
  let kind: Group['kind'] = 'other';
  let tokens = 0;
  let isProtected = false;
  let isPending = false;
  let isUnread = false;
  for (const index of members) {
    const entry = entries[index];
    if (entry === undefined) continue;
    const { view } = entry;
    kind = strongerKind(kind, entry);
    tokens += entry.tokens;
    isProtected ||= entry.isProtected;
    isPending ||= view.calls.some(isOpen);
    isUnread ||= index > lastSaid && view.kind === 'result';
  }
  return { members, kind, tokens, isProtected, isPending, isUnread };
}

/** A group is what the strongest of its members is: a summary, then a tool call, then a message. */
function strongerKind(kind: Group['kind'], { view, isSummary, isProtected }: AnyEntry): Group['kind'] {
  // One of the provider's is none that the next of ours could replace.
  if ((isSummary && !isProtected) || kind === 'summary') return 'summary';
  if (view.kind === 'call' || view.kind === 'result' || kind === 'tool') return 'tool';
  return view.kind === 'message' ? 'message' : kind;
}
