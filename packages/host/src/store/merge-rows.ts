/**
 * One row out of two of the same span or trace. The later one wins where it says something, except that a row
 * that has ended wins over one that has not: an opening event that was delayed must not reopen it.
 */
export function mergeRows<TRow extends { readonly ended_at: number | null }>(
  before: TRow,
  after: TRow,
): TRow {
  const overtaken = before.ended_at !== null && after.ended_at === null;
  return overtaken ? lay(before, after) : lay(after, before);
}

function lay<TRow extends object>(over: TRow, under: TRow): TRow {
  const said = Object.entries(over).filter(([, value]) => value !== null);
  return Object.assign({}, under, Object.fromEntries(said));
}
