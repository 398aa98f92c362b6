import { groupBy } from './group-by.ts';
import type { Run } from './run.ts';
import { spanKey } from './span-key.ts';
import type { Span } from './span.ts';
import { isInference, readUsage, type Usage } from './usage.ts';

/**
 * Finds the model call that each run prepared, by run id. In this order: the call that links to the run, the
 * call that the run happened inside, the next call under the same parent before the parent's next run.
 * A summariser's call has another parent, and so is never taken for the agent's.
 * Runs and spans come in time order.
 */
export function joinUsage(runs: readonly Run[], spans: readonly Span[]): ReadonlyMap<string, Usage> {
  const calls = spans.filter(isInference);
  const byKey = new Map(calls.map((call) => [spanKey(call.traceId, call.id), call]));
  const linked = new Map(
    calls.flatMap((call) =>
      (call.links ?? []).map((link) => [spanKey(link.traceId, link.id), call] as const),
    ),
  );
  const byParent = groupBy(calls, (call) => spanKey(call.traceId, call.parentId ?? ''));
  const nextStart = startsOfNext(runs);
  const taken = new Set<Span>();

  const usages = new Map<string, Usage>();
  for (const run of runs) {
    const parent = spanKey(run.traceId, run.parentId ?? '');
    const after = (byParent.get(parent) ?? []).filter((call) => !taken.has(call));
    const call =
      linked.get(spanKey(run.traceId, run.spanId ?? '')) ??
      byKey.get(parent) ??
      (run.parentId === undefined ? undefined : firstBetween(after, run.start, nextStart.get(run.id)));
    if (call === undefined) continue;
    taken.add(call);
    usages.set(run.id, readUsage(call));
  }
  return usages;
}

/** For each run, when the next run under the same parent starts. */
function startsOfNext(runs: readonly Run[]): ReadonlyMap<string, number | undefined> {
  const siblings = groupBy(runs, (run) => spanKey(run.traceId, run.parentId ?? ''));
  return new Map(
    [...siblings.values()].flatMap((group) =>
      group.map((run, index) => [run.id, group[index + 1]?.start] as const),
    ),
  );
}

function firstBetween(
  calls: readonly Span[],
  from: number | undefined,
  to: number | undefined,
): Span | undefined {
  if (from === undefined) return undefined;
  return calls.find(
    (call) => call.start !== undefined && call.start >= from && call.start <= (to ?? Infinity),
  );
}
