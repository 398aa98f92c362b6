/** Works a list out once for the rules that look at it one after another. */
export function perList<TValue>(
  work: (items: readonly object[]) => TValue,
): (items: readonly object[]) => TValue {
  let last: { readonly items: readonly object[]; readonly value: TValue } | undefined;
  return (items) => {
    if (last?.items !== items) last = { items, value: work(items) };
    return last.value;
  };
}
