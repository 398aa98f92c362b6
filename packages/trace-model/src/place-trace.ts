import type { Span, TraceInfo } from './span.ts';
import { conversationOf, namedSession, type TraceFacts } from './trace-facts.ts';

/** What one trace adds to one session. */
export type TracePart = {
  readonly spans: readonly Span[];
  /** Spans whose parent has not arrived. */
  readonly orphanCount: number;
  readonly info?: TraceInfo;
};

export type PlacedTrace = {
  readonly spans: ReadonlyMap<string, Span>;
  readonly facts: TraceFacts;
  readonly info: TraceInfo | undefined;
  readonly traceId: string;
};

/**
 * Shares the spans of a trace out among sessions. A `compact.*` span names its session. Any other span goes where its
 * nearest relatives went: runs below it or beside it, else its conversation's session, else its trace's; and a trace
 * without compactions is a session by its conversation, its group or itself. It depends on what was seen, not on the
 * order in which it came.
 */
export function placeTrace(
  trace: PlacedTrace,
  sessionOf: (conversation: string) => string,
): ReadonlyMap<string, TracePart> {
  const { spans, facts, info, traceId } = trace;
  const parts = new Map<string, { spans: Span[]; orphanCount: number; info?: TraceInfo }>();
  const partOf = (id: string): { spans: Span[]; orphanCount: number; info?: TraceInfo } => {
    const part = parts.get(id) ?? { spans: [], orphanCount: 0 };
    parts.set(id, part);
    return part;
  };
  const whole = ofWholeTrace(trace, sessionOf);
  for (const span of spans.values()) {
    const conversation = conversationOf(span);
    const part = partOf(
      namedSession(span) ??
        nearest(span, spans, facts) ??
        (conversation === undefined ? (whole[0] ?? traceId) : sessionOf(conversation)),
    );
    part.spans.push(span);
    if (span.parentId !== undefined && !spans.has(span.parentId)) part.orphanCount += 1;
  }
  if (info !== undefined) for (const id of whole) partOf(id).info = info;
  return parts;
}

function ofWholeTrace(
  { facts, info, traceId }: PlacedTrace,
  sessionOf: (conversation: string) => string,
): readonly string[] {
  if (facts.sessions.length > 0) return facts.sessions;
  const conversation = facts.conversations[0] ?? info?.groupId;
  return [conversation === undefined ? traceId : sessionOf(conversation)];
}

/** Climbs from the span until one session is known below. */
function nearest(span: Span, spans: ReadonlyMap<string, Span>, { byParent }: TraceFacts): string | undefined {
  const climbed = new Set<string>();
  let id: string | undefined = span.id;
  while (id !== undefined && !climbed.has(id)) {
    climbed.add(id);
    const sessions = byParent.get(id);
    if (sessions?.size === 1) return [...sessions][0];
    // A parent that has not arrived may still have runs below it.
    const at: Span | undefined = climbed.size === 1 ? span : spans.get(id);
    id = at?.parentId;
  }
  return undefined;
}
