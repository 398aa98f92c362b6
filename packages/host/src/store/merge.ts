/**
 * One span or trace out of two that tell of the same. The later one wins where it says something, except that one
 * that has ended wins over one that has not: an opening event that was delayed must not reopen it.
 */
export function merge<TPart extends { readonly end?: number }>(before: TPart, after: TPart): TPart {
  const overtaken = before.end !== undefined && after.end === undefined;
  return overtaken ? lay(before, after) : lay(after, before);
}

function lay<TPart extends object>(over: TPart, under: TPart): TPart {
  const said = Object.entries(over).filter(([, value]) => says(value));
  return Object.assign({}, under, Object.fromEntries(said));
}

/** Empty text, and attributes without one, say nothing. */
function says(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== '';
}
