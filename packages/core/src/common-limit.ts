/** The largest size such that things cut to it fit the sum: small ones stay whole, large ones are cut alike. */
export function commonLimit(sizes: readonly number[], sum: number): number {
  const ascending = sizes.toSorted((left, right) => left - right);
  let left = sum;
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}
