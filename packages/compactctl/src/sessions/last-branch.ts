import type { Native } from './native.ts';

/** Of entries that name their parents, those on the way to the last one; all of them where there is no tree. */
export function lastBranch(entries: readonly Native[]): readonly Native[] {
  const byId = new Map(
    entries.flatMap((entry) => (typeof entry['id'] === 'string' ? [[entry['id'], entry]] : [])),
  );
  const last = entries.findLast((entry) => typeof entry['parentId'] === 'string');
  if (last === undefined) return entries;
  const branch = new Set<Native>();
  for (
    let entry: Native | undefined = last;
    entry !== undefined && !branch.has(entry);
    entry = byId.get(String(entry['parentId']))
  ) {
    branch.add(entry);
  }
  return entries.filter((entry) => branch.has(entry));
}
