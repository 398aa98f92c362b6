import type { Entry } from '../entry.ts';
import { groupEntries } from '../group.ts';
import type { LedgerRow } from '../ledger.ts';
import type { Resumed } from '../resume.ts';
import type { Splice } from '../session-state.ts';
import type { Target } from './put-back.ts';

/** The numbers of all that must come back with an item: its group, as it was. */
export function groupAround<TItem>(
  { entries }: Pick<Resumed<TItem>, 'entries'>,
  originals: readonly Entry<TItem>[],
  ordinal: number,
): ReadonlySet<number> {
  const whole = new Map<number, Entry<TItem>>();
  for (const entry of [...entries, ...originals]) {
    if (entry.ordinal !== undefined) whole.set(entry.ordinal, entry);
  }
  const inOrder = [...whole].toSorted(([left], [right]) => left - right);
  const { groups } = groupEntries(inOrder.map(([, entry]) => entry));
  const position = inOrder.findIndex(([other]) => other === ordinal);
  const members = groups.find((group) => group.members.includes(position))?.members ?? [];
  return new Set(members.flatMap((member) => inOrder[member]?.[0] ?? []));
}

/** The context with some items back in their places, behind a summary that stands between. Pure. */
export function targetWith<TItem>(
  { entries, spliced, gone, summary }: Resumed<TItem>,
  current: Splice,
  originals: readonly Entry<TItem>[],
): Target<TItem> {
  const back = new Map(
    originals.flatMap((entry) => (entry.ordinal === undefined ? [] : [[entry.ordinal, entry]])),
  );
  const region: Entry<TItem>[] = [];
  for (const entry of entries.slice(0, spliced)) {
    const { ordinal } = entry;
    if (ordinal !== undefined) {
      for (const [other, original] of [...back].toSorted(([left], [right]) => left - right)) {
        if (other > ordinal) break;
        back.delete(other);
        if (other !== ordinal) region.push(original);
      }
    }
    region.push(originals.find((original) => ordinal !== undefined && original.ordinal === ordinal) ?? entry);
  }
  region.push(...[...back].toSorted(([left], [right]) => left - right).map(([, original]) => original));
  const isBack = new Set(originals.map(({ ordinal }) => ordinal));
  const outside = (row: LedgerRow) => row.index === undefined || !isBack.has(row.index);
  return { region, gone: gone.filter(outside), summary, inForce: current.inForce, reason: 'reinflated' };
}
