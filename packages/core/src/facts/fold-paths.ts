import type { Fact } from './fact.ts';
import { joinWays } from './told.ts';

/**
 * One fact for a file that was named in several ways: `a.ts` in prose and `src/a.ts` in a call. Where a path is
 * the end of longer ones it is told by them, unless a tool took it as it is and they begin elsewhere: then it may be
 * a file of its own.
 */
export function foldPaths(paths: readonly Fact[]): readonly Fact[] {
  const byEnd = new Map<string, Fact[]>();
  for (const path of paths) {
    for (let at = path.text.indexOf('/', 1); at !== -1; at = path.text.indexOf('/', at + 1)) {
      const end = path.text.slice(at + 1);
      if (end === '') continue;
      const known = byEnd.get(end);
      if (known === undefined) byEnd.set(end, [path]);
      else known.push(path);
    }
  }
  const told = new Map<Fact, Fact[]>();
  const own = paths.filter((path) => {
    const longer = (byEnd.get(path.text) ?? []).filter(
      (other) => path.how === undefined || other.text.startsWith('/') || other.text === `./${path.text}`,
    );
    for (const other of longer) told.set(other, [...(told.get(other) ?? []), path]);
    return longer.length === 0;
  });
  return own.map((path) => allTold(path, told, new Set()).reduce(join, path));
}

function allTold(path: Fact, told: ReadonlyMap<Fact, readonly Fact[]>, seen: Set<Fact>): readonly Fact[] {
  return (told.get(path) ?? []).flatMap((other) => {
    if (seen.has(other)) return [];
    seen.add(other);
    return [other, ...allTold(other, told, seen)];
  });
}

function join(left: Fact, right: Fact): Fact {
  const how = joinWays(left.how, right.how);
  return {
    ...left,
    ...(how === undefined ? {} : { how }),
    by: left.by === 'user' || right.by === 'user' ? 'user' : left.by === 'assistant' ? left.by : right.by,
    count: left.count + right.count,
    first: Math.min(left.first, right.first),
    last: Math.max(left.last, right.last),
  };
}
