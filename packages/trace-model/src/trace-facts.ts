import { GenAiCall } from '@clew/semconv';
import { readSpan } from './compact-span.ts';
import { readForeign } from './foreign/read-foreign.ts';
import { readText } from './read-attribute.ts';
import type { Span } from './span.ts';

/** What the spans of one trace say of the sessions that they belong to. */
export type TraceFacts = {
  /** Sessions of the `compact.*` spans directly below a span, by its id. */
  readonly byParent: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sessions that are named, and conversations, each in order. */
  readonly sessions: readonly string[];
  readonly conversations: readonly string[];
  /** Conversations that a `compact.*` span names together with its session. */
  readonly joined: readonly Joined[];
};

type Joined = { readonly conversation: string; readonly session: string };

export function traceFacts(spans: Iterable<Span>): TraceFacts {
  const byParent = new Map<string, Set<string>>();
  const sessions = new Set<string>();
  const conversations = new Set<string>();
  const joined = new Map<string, Joined>();
  for (const span of spans) {
    const session = namedSession(span);
    const conversation = conversationOf(span);
    if (conversation !== undefined) conversations.add(conversation);
    if (session === undefined) continue;
    sessions.add(session);
    if (span.parentId !== undefined) {
      const below = byParent.get(span.parentId);
      if (below === undefined) byParent.set(span.parentId, new Set([session]));
      else below.add(session);
    }
    if (conversation !== undefined)
      joined.set(JSON.stringify([conversation, session]), { conversation, session });
  }
  return {
    byParent,
    sessions: [...sessions].toSorted(),
    conversations: [...conversations].toSorted(),
    joined: [...joined.values()],
  };
}

/** The session that a `compact.*` span names. */
export function namedSession(span: Span): string | undefined {
  const reading = readSpan(span);
  if (reading.kind === 'compact') return reading.step.record.session_id;
  return reading.kind === 'unreadable' ? reading.sessionId : undefined;
}

/** The conversation that a span names, by the conventions, or as the tool that it comes from does. */
export function conversationOf(span: Span): string | undefined {
  return readText(span, GenAiCall.conversationId) ?? readForeign(span)?.sessionId;
}
