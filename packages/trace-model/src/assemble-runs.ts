import { readSpan, type CompactSpan } from './compact-span.ts';
import { groupBy } from './group-by.ts';
import { assembleRun, type Run, type UnreadableStep } from './run.ts';
import type { Span } from './span.ts';

/** The runs among a session's spans, in time order, and what could not be placed in any. Spans come in time order. */
export function assembleRuns(spans: readonly Span[]): {
  readonly runs: readonly Run[];
  readonly issues: readonly string[];
} {
  const readings = spans.map(readSpan);
  const steps = readings.flatMap((reading) => (reading.kind === 'compact' ? [reading.step] : []));
  const unreadable = readings.flatMap((reading) =>
    reading.kind === 'unreadable' ? [unreadableStep(reading.span, reading.runId, reading.issues)] : [],
  );
  const byRun = groupBy(steps, (step) => step.record.id);
  const unreadableByRun = groupBy(unreadable, (step) => step.runId);

  const runs = [...byRun.entries()]
    .map(([id, group]) => assembleRun(inOrder(group), unreadableByRun.get(id) ?? []))
    .toSorted(inTime);
  const unplaced = unreadable.filter((step) => step.ended && !byRun.has(step.runId));
  return { runs: withInterrupted(runs), issues: unplaced.flatMap((step) => step.issues) };
}

/** A session runs one compaction at a time: what is unfinished when a later run has ended was interrupted. */
function withInterrupted(runs: readonly Run[]): readonly Run[] {
  const lastEnded = runs.findLastIndex((run) => run.state === 'ended');
  return runs.map((run, index) =>
    run.state === 'running' && index < lastEnded ? { ...run, state: 'interrupted' } : run,
  );
}

function unreadableStep(span: Span, runId: string | undefined, issues: readonly string[]): UnreadableStep {
  return {
    runId: runId ?? '',
    ended: span.end !== undefined,
    isRun: span.name === 'compact.run',
    issues: issues.map((issue) => `${span.name} ${span.id}: ${issue}`),
  };
}

/** The ended version of a doubled step comes last, where it wins. */
function inOrder(group: [CompactSpan, ...CompactSpan[]]): readonly [CompactSpan, ...CompactSpan[]] {
  const [first, ...rest] = group.toSorted((a, b) => (a.span.end ?? -Infinity) - (b.span.end ?? -Infinity));
  return first === undefined ? group : [first, ...rest];
}

function inTime(a: Run, b: Run): number {
  return (a.start ?? Infinity) - (b.start ?? Infinity) || a.callIndex - b.callIndex || (a.id < b.id ? -1 : 1);
}
