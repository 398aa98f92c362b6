import type { Database } from 'libsql';
import { z } from 'zod';
import type { SessionEntry } from '../source/session-query.ts';
import { type Digest, parseDigest } from './digest.ts';
import { key } from './key.ts';

/** Where a page of sessions begins: behind this one. */
type After = { readonly end: number; readonly id: string };

export interface SessionQueries {
  /** Newest activity first. */
  sessionsAfter(after: After | undefined, limit: number): readonly SessionEntry[];
  /** The traces in which a session is named, or the one that is a session by itself. */
  traceIdsOf(session: string): ReadonlySet<string>;
  /** Those of them that joined after one cursor, and not after another. */
  joinedBetween(session: string, after: number, upto: number): readonly string[];
}

const Row = z.object({ session_id: z.string(), digest: z.string() });
const Member = z.object({ trace_id: z.string() });

export function createSessionQueries(database: Database): SessionQueries {
  const newest = database.prepare(
    `SELECT session_id, digest FROM sessions
     WHERE last_at <= @end AND (last_at < @end OR session_id > @id)
     ORDER BY last_at DESC, session_id LIMIT @limit`,
  );
  const members = database.prepare('SELECT trace_id FROM members WHERE session_id = ?');

  const joined = database.prepare(
    'SELECT trace_id FROM members WHERE session_id = ? AND since > ? AND since <= ?',
  );

  return {
    sessionsAfter(after, limit) {
      const rows = newest.all({ ...(after ?? { end: Number.MAX_VALUE, id: '' }), limit });
      return Row.array()
        .parse(rows)
        .map((row) => toEntry(row.session_id, parseDigest(row.digest)));
    },
    traceIdsOf: (session) =>
      new Set(
        Member.array()
          .parse(members.all(key(session)))
          .map((row) => row.trace_id),
      ),
    joinedBetween: (session, after, upto) =>
      Member.array()
        .parse(joined.all(key(session), after, upto))
        .map((row) => row.trace_id),
  };
}

function toEntry(id: string, digest: Digest): SessionEntry {
  return {
    id,
    ...(digest.title !== undefined && { name: digest.title.text }),
    ...(digest.start !== undefined && { start: digest.start }),
    ...(digest.end !== undefined && { end: digest.end }),
    spanCount: digest.spans,
    errorCount: digest.errors,
    compactionCount: digest.compactions,
    services: digest.services,
    agents: digest.agents,
    models: digest.models,
    ...(digest.context !== undefined && { context: digest.context }),
  };
}
