import { GenAi } from '@clew/semconv';
import { readSpan } from './compact-span.ts';
import { readText } from './read-attribute.ts';
import { spanKey } from './span-key.ts';
import type { Span, TraceInfo } from './span.ts';

/** Which session each span and each trace belongs to. */
export type Places = {
  readonly ofSpan: (span: Span) => string;
  readonly ofTrace: (trace: TraceInfo) => readonly string[];
};

/**
 * A `compact.*` span names its session. Any other span goes where its nearest relatives went: runs below it or
 * beside it, else its conversation's session, else its trace's; and a trace without compactions is a session by
 * its conversation, its group or itself. It depends on what was seen, not on the order in which it came.
 */
export function placeSpans(spans: ReadonlyMap<string, Span>, traces: ReadonlyMap<string, TraceInfo>): Places {
  const facts = collect(spans);
  const sessionOf = (conversation: string): string =>
    least(facts.byConversation.get(conversation)) ?? conversation;

  const ofWholeTrace = (traceId: string): readonly string[] => {
    const named = facts.byTrace.get(traceId);
    if (named !== undefined) return [...named].toSorted();
    const conversation = least(facts.conversations.get(traceId)) ?? traces.get(traceId)?.groupId;
    return [conversation === undefined ? traceId : sessionOf(conversation)];
  };

  return {
    ofTrace: (trace) => ofWholeTrace(trace.traceId),
    ofSpan(span) {
      const own = namedSession(span) ?? nearest(span, spans, facts.byParent);
      if (own !== undefined) return own;
      const conversation = readText(span, GenAi.conversationId);
      if (conversation !== undefined) return sessionOf(conversation);
      return ofWholeTrace(span.traceId)[0] ?? span.traceId;
    },
  };
}

type Sets = ReadonlyMap<string, ReadonlySet<string>>;
type Facts = {
  /** Sessions of the `compact.*` spans below a span, in a trace, and in a conversation. */
  readonly byParent: Sets;
  readonly byTrace: Sets;
  readonly byConversation: Sets;
  /** Conversations named in a trace. */
  readonly conversations: Sets;
};

function collect(spans: ReadonlyMap<string, Span>): Facts {
  const byParent = new Map<string, Set<string>>();
  const byTrace = new Map<string, Set<string>>();
  const byConversation = new Map<string, Set<string>>();
  const conversations = new Map<string, Set<string>>();
  for (const span of spans.values()) {
    const session = namedSession(span);
    const conversation = readText(span, GenAi.conversationId);
    if (conversation !== undefined) add(conversations, span.traceId, conversation);
    if (session === undefined) continue;
    add(byTrace, span.traceId, session);
    if (span.parentId !== undefined) add(byParent, spanKey(span.traceId, span.parentId), session);
    if (conversation !== undefined) add(byConversation, conversation, session);
  }
  return { byParent, byTrace, byConversation, conversations };
}

function namedSession(span: Span): string | undefined {
  const reading = readSpan(span);
  if (reading.kind === 'compact') return reading.step.record.session_id;
  return reading.kind === 'unreadable' ? reading.sessionId : undefined;
}

/** Climbs from the span until one session is known below. */
function nearest(span: Span, spans: ReadonlyMap<string, Span>, byParent: Sets): string | undefined {
  const climbed = new Set<string>();
  let key: string | undefined = spanKey(span.traceId, span.id);
  while (key !== undefined && !climbed.has(key)) {
    climbed.add(key);
    const sessions = byParent.get(key);
    if (sessions?.size === 1) return least(sessions);
    // A parent that has not arrived may still have runs below it.
    const at: Span | undefined = climbed.size === 1 ? span : spans.get(key);
    key = at?.parentId === undefined ? undefined : spanKey(at.traceId, at.parentId);
  }
  return undefined;
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

/** Of several, the one that sorts first: any would do, so long as it is always the same. */
function least(values: ReadonlySet<string> | undefined): string | undefined {
  return values === undefined ? undefined : [...values].toSorted()[0];
}
