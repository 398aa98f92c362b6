import type { Finding } from './rule.ts';

/** What an item opens and answers, of what must be paired. */
export type Ties = {
  readonly opens: readonly string[];
  readonly answers: readonly string[];
};

export type PairFindings = {
  readonly unanswered: readonly Finding[];
  readonly orphans: readonly Finding[];
  readonly repeated: readonly Finding[];
};

/** Every call is answered once, and behind it. */
export function pairFindings(ties: readonly Ties[]): PairFindings {
  const open = new Map<string, number>();
  const closed = new Set<string>();
  const unanswered: Finding[] = [];
  const orphans: Finding[] = [];
  const repeated: Finding[] = [];
  const leave = (id: string, index: number) =>
    unanswered.push({ index, id, message: `call ${id} has no result behind it` });
  for (const [index, { opens, answers }] of ties.entries()) {
    for (const id of answers) {
      if (open.delete(id)) closed.add(id);
      else if (closed.has(id)) repeated.push({ index, id, message: `call ${id} has a result already` });
      else orphans.push({ index, id, message: `no call ${id} stands before this result` });
    }
    for (const id of opens) {
      const earlier = open.get(id);
      if (earlier !== undefined) leave(id, earlier);
      open.set(id, index);
      closed.delete(id);
    }
  }
  for (const [id, index] of open) leave(id, index);
  return { unanswered, orphans, repeated };
}
