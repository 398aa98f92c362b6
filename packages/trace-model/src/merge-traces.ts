import { known } from './known.ts';
import type { TraceInfo } from './span.ts';

/** What two messages say of one trace together: the same whichever came first. */
export function mergeTraces(a: TraceInfo | undefined, b: TraceInfo): TraceInfo {
  if (a === undefined) return b;
  const merged = {
    traceId: a.traceId,
    ...known({
      name: pick(a.name, b.name),
      groupId: pick(a.groupId, b.groupId),
      start: extreme(Math.min, a.start, b.start),
      end: extreme(Math.max, a.end, b.end),
    }),
  };
  return isSame(a, merged) ? a : merged;
}

/** Of two different names the one that sorts last: which one matters less than that it is always the same. */
function pick(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

function extreme(
  choose: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : choose(a, b);
}

function isSame(a: TraceInfo, b: TraceInfo): boolean {
  return a.name === b.name && a.groupId === b.groupId && a.start === b.start && a.end === b.end;
}
