/** Everything that comes, in a list. (`Array.fromAsync` needs Node 22.) */
export async function collect<TItem>(items: AsyncIterable<TItem>): Promise<readonly TItem[]> {
  const list: TItem[] = [];
  for await (const item of items) list.push(item);
  return list;
}
