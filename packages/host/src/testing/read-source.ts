import type { SessionEntry, SessionQuery } from '../source/session-query.ts';
import type { SourceSpan, TraceSource } from '../source/trace-source.ts';

const never = new AbortController().signal;

/** Every session that a query finds, over all pages. */
export async function listAll(
  source: TraceSource,
  query: Partial<SessionQuery>,
  signal: AbortSignal = never,
): Promise<readonly SessionEntry[]> {
  const listed: SessionEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await source.listSessions(
      { limit: 100, ...query, ...(cursor !== undefined && { cursor }) },
      signal,
    );
    listed.push(...page.sessions);
    cursor = page.next;
  } while (cursor !== undefined);
  return listed;
}

/** Every span of a session, the last version of each. */
export async function readAll(
  source: TraceSource,
  id: string,
  signal: AbortSignal = never,
): Promise<readonly SourceSpan[]> {
  const spans = new Map<string, SourceSpan>();
  for await (const page of source.readSession(id, signal))
    for (const span of page.spans) spans.set(`${span.traceId}/${span.id}`, span);
  return [...spans.values()];
}

/** A value as a store without types writes it. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
