import type { Integrity, LedgerEntry, LedgerRow } from '@clew/trace-model';

/** `user`, `call`, `result`, `assistant reasoning`, `earlier summary`. */
export function itemName({ role, kind, category }: LedgerRow): string {
  if (category === 'summary') return 'earlier summary';
  if (kind === 'call' || kind === 'result') return kind;
  return kind === 'message' || kind === 'other' ? role : `${role} ${kind}`;
}

/** A call with its result has one name: `call and result`. */
export function entryName({ rows }: LedgerEntry): string {
  const names = [...new Set(rows.map(itemName))];
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** `71`, `71–72`, `4, 7` where others stand between; nothing for what the engine itself had put in. */
export function entryPlace({ rows }: LedgerEntry): string {
  const places = rows.flatMap(({ index }) => index ?? []);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (first === last) return String(first);
  return last - first === places.length - 1 ? `${first}–${last}` : places.join(', ');
}

/** Ids alone need not be unique: an item may be met twice. */
export function rowKey({ id, index, sequence }: LedgerRow): string {
  return `${id} ${index ?? sequence}`;
}

export const integrityWords: Record<Exclude<Integrity, 'whole'>, string> = {
  open: 'no result yet',
  orphan: 'result without its call',
  split: 'call and result were separated',
};
