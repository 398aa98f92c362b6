import type { Entry } from './entry.ts';
import { groupEntries } from './group.ts';
import type { Group } from './group.ts';
import type { Outcome } from './outcome.ts';
import type { Defect as Refusal } from './validity/defect.ts';

export type VerifyInput<TItem> = {
  readonly before: readonly Entry<TItem>[];
  readonly after: readonly Entry<TItem>[];
  readonly groups: readonly Group[];
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** What the provider would refuse of the items after that it would not have refused before. */
  readonly validate: (items: readonly TItem[], input: readonly TItem[]) => readonly Refusal[];
};

export type Defect = { readonly outcome: Outcome; readonly message: string };

/** What must hold of a context before it replaces another. @returns the first defect, or `undefined` */
export function verify<TItem>(input: VerifyInput<TItem>): Defect | undefined {
  const { before, after, groups, tokensBefore, tokensAfter, validate } = input;
  const ids = new Set(after.map(({ id }) => id));
  const lost = before.find((entry) => entry.isProtected && !ids.has(entry.id));
  if (lost !== undefined) return invalid(`protected item ${lost.id} would leave`);
  const ordinals = after.flatMap(({ ordinal }) => ordinal ?? []);
  if (ordinals.some((ordinal, index) => ordinal <= (ordinals[index - 1] ?? -1))) {
    return invalid('the order of the items would change');
  }
  const kept = new Set(after.flatMap(({ ordinal }) => ordinal ?? []));
  const split = groups.find(({ members }) => {
    const own = members.flatMap((index) => before[index]?.ordinal ?? []);
    return own.some((ordinal) => kept.has(ordinal)) && own.some((ordinal) => !kept.has(ordinal));
  });
  if (split !== undefined) return invalid(`the group at ${split.members[0]} would be split`);
  const { defects } = groupEntries(after);
  if (defects[0] !== undefined) return invalid(defects[0]);
  const [first] = validate(
    after.map(({ item }) => item),
    before.map(({ item }) => item),
  );
  if (first !== undefined) return invalid(`${first.rule} at ${first.index}: ${first.message}`);
  if (tokensAfter >= tokensBefore) {
    return {
      outcome: 'inflated',
      message: `${tokensAfter} tokens after, ${tokensBefore} before: nothing would be won`,
    };
  }
  return undefined;
}

function invalid(message: string): Defect {
  return { outcome: 'invalid', message };
}
