import { z } from 'zod';
import { HostError } from '../host-error.ts';
import { newestFirst } from './session-entries.ts';
import type { SessionEntry, SessionPage, SessionQuery } from './session-query.ts';

/** The page of a whole list, newest first, that a query asks for. */
export function pageOf(entries: readonly SessionEntry[], query: SessionQuery): SessionPage {
  const after = query.cursor === undefined ? undefined : readPageCursor(query.cursor);
  const chosen = entries
    .filter((entry) => matchesQuery(entry, query))
    .filter((entry) => after === undefined || newestFirst(after, entry) < 0);
  const sessions = chosen.slice(0, query.limit);
  const last = sessions.at(-1);
  return {
    sessions,
    ...(chosen.length > sessions.length && last !== undefined && { next: writePageCursor(last) }),
  };
}

/** Where a page ended: the last session's activity and id. */
const PageCursor = z.object({ end: z.number(), id: z.string() });
type PageCursor = z.infer<typeof PageCursor>;

export function writePageCursor({ end, id }: Pick<SessionEntry, 'end' | 'id'>): string {
  return Buffer.from(JSON.stringify({ end: end ?? 0, id })).toString('base64url');
}

export function readPageCursor(text: string): PageCursor {
  try {
    return PageCursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new HostError({
      code: 'source_query',
      message: `Expected as cursor what \`next\` of an earlier page said, but received ${JSON.stringify(text)}. Ask for the first page without a cursor.`,
      cause,
    });
  }
}

export function matchesQuery(entry: SessionEntry, query: SessionQuery): boolean {
  const { text, service, agent, model, compacted, from, to } = query;
  return (
    (text === undefined || mentions(entry, text.toLowerCase())) &&
    (service === undefined || entry.services.includes(service)) &&
    (agent === undefined || entry.agents.includes(agent)) &&
    (model === undefined || entry.models.includes(model)) &&
    (compacted === undefined || compacted === (entry.compactionCount ?? 0) > 0) &&
    (from === undefined || (entry.end ?? Infinity) >= from) &&
    (to === undefined || (entry.start ?? 0) < to)
  );
}

function mentions(entry: SessionEntry, text: string): boolean {
  const places = [entry.id, entry.name ?? '', ...entry.services, ...entry.agents, ...entry.models];
  return places.some((place) => place.toLowerCase().includes(text));
}
