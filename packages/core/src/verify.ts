import type { Entry } from './entry.ts';
import { defectsOf } from './group.ts';
import type { Group } from './group.ts';
import type { ItemView } from './item-view.ts';
import type { Outcome } from './outcome.ts';
import type { Defect as Refusal } from './validity/defect.ts';

export type VerifyInput<TItem> = {
  readonly before: readonly Entry<TItem>[];
  readonly after: readonly Entry<TItem>[];
  readonly groups: readonly Group[];
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** What the provider would refuse of the items after that it would not have refused before. */
  readonly validate: (
    items: readonly TItem[],
    input: readonly TItem[],
    viewOf: (item: TItem) => ItemView | undefined,
  ) => readonly Refusal[];
};

export type Defect = { readonly outcome: Outcome; readonly message: string };

/** What must hold of a context before it replaces another. @returns the first defect, or `undefined` */
export function verify<TItem>(input: VerifyInput<TItem>): Defect | undefined {
  const { before, after, groups, tokensBefore, tokensAfter, validate } = input;
  const ids = new Set(after.map(({ id }) => id));
  const lost = before.find((entry) => entry.isProtected && !ids.has(entry.id));
  if (lost !== undefined) return invalid(`protected item ${lost.id} would leave`);
  const kept = new Set<number>();
  let last = -1;
  for (const { ordinal } of after) {
    if (ordinal === undefined) continue;
    if (ordinal <= last) return invalid('the order of the items would change');
    kept.add(ordinal);
    last = ordinal;
  }
  const split = groups.find(({ members }) => members.length > 1 && isSplit(members, before, kept));
  if (split !== undefined) return invalid(`the group at ${split.members[0]} would be split`);
  const [defect] = defectsOf(after);
  if (defect !== undefined) return invalid(defect);
  // They were read before: nothing is read again.
  const views = new Map([...before, ...after].map(({ item, view }) => [item, view]));
  const [first] = validate(
    after.map(({ item }) => item),
    before.map(({ item }) => item),
    (item) => views.get(item),
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

/** Whether some of the members stay and others do not. What the engine inserted has no ordinal, and counts for neither. */
function isSplit(
  members: readonly number[],
  before: readonly Entry<unknown>[],
  kept: ReadonlySet<number>,
): boolean {
  const [first, ...rest] = members.flatMap((index) => before[index]?.ordinal ?? []);
  return first !== undefined && rest.some((ordinal) => kept.has(ordinal) !== kept.has(first));
}

function invalid(message: string): Defect {
  return { outcome: 'invalid', message };
}
