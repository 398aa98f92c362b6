import { chat } from '../dialects/chat-dialect.ts';
import { categoryOf } from '../entry.ts';
import type { Entry } from '../entry.ts';
import { groupEntries } from '../group.ts';
import type { Group } from '../group.ts';
import { candidatesOf } from '../keeping/candidate.ts';
import type { Candidate } from '../keeping/candidate.ts';
import { createWeigher } from '../weigh.ts';
import { conversation } from './conversation.ts';
import type { TurnPlan } from './conversation.ts';

/** A token for each character, and four for each item. */
export const characterWeigher = createWeigher(
  { name: 'character', basis: 'estimate', count: (text) => text.length },
  1,
);

/** The entries of a Chat Completions history. */
function entriesOf(turns: readonly TurnPlan[], system?: string): readonly Entry<unknown>[] {
  return conversation(turns, system).map((item, ordinal) => {
    const view = chat.inspect(item);
    const mark = { isProtected: view.role === 'system', isSummary: false };
    const tokens = characterWeigher.view(view);
    return { item, view, id: `${ordinal}`, tokens, category: categoryOf(view, mark), ordinal, ...mark };
  });
}

export type Cast = {
  readonly entries: readonly Entry<unknown>[];
  readonly groups: readonly Group[];
  readonly candidates: ReadonlyMap<Group, Candidate>;
};

/** The same with its groups, and these as keep rules see them. */
export function castOf(turns: readonly TurnPlan[], system?: string): Cast {
  const entries = entriesOf(turns, system);
  const { groups } = groupEntries(entries);
  return { entries, groups, candidates: candidatesOf(groups, entries) };
}
