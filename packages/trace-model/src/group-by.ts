/** Groups in the order in which their keys first occur. (`Map.groupBy` needs Node 21.) */
export function groupBy<TKey, TValue>(
  values: Iterable<TValue>,
  keyOf: (value: TValue) => TKey,
): ReadonlyMap<TKey, [TValue, ...TValue[]]> {
  const groups = new Map<TKey, [TValue, ...TValue[]]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
