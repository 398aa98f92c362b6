import { mergeTraces } from './merge-traces.ts';
import { placeSpans } from './place-spans.ts';
import { assembleSession, type Session, type SessionParts } from './session.ts';
import { addVersion, type SpanVersions } from './span-versions.ts';
import { spanKey } from './span-key.ts';
import type { Span, TraceInfo } from './span.ts';

/** Everything known, folded. `sessions` come with the newest activity first. */
export type Model = {
  readonly sessions: readonly Session[];
  /** What the fold remembers to go on from; not for reading. */
  readonly memory: Memory;
};

type Memory = {
  readonly spans: ReadonlyMap<string, SpanVersions>;
  readonly traces: ReadonlyMap<string, TraceInfo>;
  readonly parts: ReadonlyMap<string, SessionParts>;
};

export function createModel(): Model {
  return { sessions: [], memory: { spans: new Map(), traces: new Map(), parts: new Map() } };
}

/**
 * Adds spans, and what is known of whole traces, to a model. The result depends only on what was ever added:
 * not on the order, and not on how often. Sessions that did not change stay the same objects.
 */
export function fold(
  spans: readonly Span[],
  previous: Model = createModel(),
  traces: readonly TraceInfo[] = [],
): Model {
  const allSpans = addSpans(previous.memory.spans, spans);
  const allTraces = addTraces(previous.memory.traces, traces);
  if (allSpans === previous.memory.spans && allTraces === previous.memory.traces) return previous;

  const parts = group(allSpans, allTraces);
  const earlier = new Map(previous.sessions.map((session) => [session.id, session]));
  const sessions = [...parts].map(([id, part]) => {
    const session = earlier.get(id);
    return session !== undefined && isSame(part, previous.memory.parts.get(id))
      ? session
      : assembleSession(id, part);
  });
  return { sessions: sessions.toSorted(newestFirst), memory: { spans: allSpans, traces: allTraces, parts } };
}

function addSpans(
  known: ReadonlyMap<string, SpanVersions>,
  spans: readonly Span[],
): ReadonlyMap<string, SpanVersions> {
  let next: Map<string, SpanVersions> | undefined;
  for (const span of spans) {
    const key = spanKey(span.traceId, span.id);
    const before = (next ?? known).get(key);
    const after = addVersion(before, span);
    if (after === before) continue;
    next ??= new Map(known);
    next.set(key, after);
  }
  return next ?? known;
}

function addTraces(
  known: ReadonlyMap<string, TraceInfo>,
  traces: readonly TraceInfo[],
): ReadonlyMap<string, TraceInfo> {
  const next = new Map(known);
  for (const trace of traces) next.set(trace.traceId, mergeTraces(next.get(trace.traceId), trace));
  return [...next].every(([id, trace]) => known.get(id) === trace) ? known : next;
}

function group(
  versions: ReadonlyMap<string, SpanVersions>,
  traces: ReadonlyMap<string, TraceInfo>,
): ReadonlyMap<string, SessionParts> {
  const spans = new Map([...versions].map(([key, { span }]) => [key, span]));
  const places = placeSpans(spans, traces);
  const parts = new Map<string, { spans: Span[]; traces: TraceInfo[]; orphanCount: number }>();
  const partOf = (id: string): { spans: Span[]; traces: TraceInfo[]; orphanCount: number } => {
    const part = parts.get(id) ?? { spans: [], traces: [], orphanCount: 0 };
    parts.set(id, part);
    return part;
  };
  for (const span of spans.values()) {
    const part = partOf(places.ofSpan(span));
    part.spans.push(span);
    if (span.parentId !== undefined && !spans.has(spanKey(span.traceId, span.parentId)))
      part.orphanCount += 1;
  }
  for (const trace of traces.values()) for (const id of places.ofTrace(trace)) partOf(id).traces.push(trace);
  return parts;
}

function isSame(part: SessionParts, before: SessionParts | undefined): boolean {
  return (
    before !== undefined &&
    part.orphanCount === before.orphanCount &&
    sameItems(part.spans, before.spans) &&
    sameItems(part.traces, before.traces)
  );
}

function sameItems<TItem>(a: readonly TItem[], b: readonly TItem[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function newestFirst(a: Session, b: Session): number {
  return (b.end ?? -Infinity) - (a.end ?? -Infinity) || (a.id < b.id ? -1 : 1);
}
