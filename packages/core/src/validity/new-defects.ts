import type { Defect } from './defect.ts';

/** What a list has lost that an earlier one had: what no list shows by itself. */
export type Comparison = (items: readonly object[], input: readonly object[]) => readonly Defect[];

type Given = {
  readonly items: readonly object[];
  readonly found: readonly Defect[];
  readonly input: readonly object[];
  readonly foundInInput: () => readonly Defect[];
  readonly lenient: ReadonlySet<string>;
};

/** The defects that the input did not have: an item that was wrong there in the same way is no news. */
export function newDefects({ items, found, input, foundInInput, lenient }: Given): readonly Defect[] {
  if (found.length === 0) return found;
  const old = foundInInput();
  const broken = new Set(old.map(({ rule }) => rule));
  const known = new Set(old.map(({ rule, message }) => `${rule}: ${message}`));
  const byItem = new Map<object | undefined, Set<string>>();
  for (const { index, rule } of old) {
    const item = input[index];
    byItem.set(item, (byItem.get(item) ?? new Set()).add(rule));
  }
  return found.filter(({ index, rule, message }) => {
    if (lenient.has(rule) && broken.has(rule)) return false;
    // An edited copy is another object: its call is told by the message.
    const isCall = message.includes('call ') && known.has(`${rule}: ${message}`);
    return !isCall && byItem.get(items[index])?.has(rule) !== true;
  });
}
