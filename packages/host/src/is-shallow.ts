/** Deeper JSON than this has no use here, and what walks a tree by recursion could overflow the stack on it. */
const MAX_DEPTH = 128;

/** Whether a JSON value is nested at most {@link MAX_DEPTH} levels deep. */
export function isShallow(value: unknown, levelsLeft = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levelsLeft > 0 && Object.values(value).every((inner) => isShallow(inner, levelsLeft - 1));
}
