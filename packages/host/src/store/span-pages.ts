import type { Database } from 'libsql';
import { z } from 'zod';
import { key } from './key.ts';
import { endOfPage } from './page.ts';

type SpanFilter = {
  readonly after: number;
  readonly limit: number;
  readonly session?: string | undefined;
};

/** Spans as the texts that are sent for them, in the order of their cursors. */
export type SpanTexts = {
  /** The JSON of a StoredSpan each. */
  readonly spans: readonly string[];
  readonly cursor: number;
  readonly more: boolean;
};

export type SpanPages = (filter: SpanFilter) => SpanTexts;

/** A page of spans ends before it holds more than this, whatever its limit. */
const PAGE_BYTES = 4 * 1024 * 1024;

const Row = z.object({ cursor: z.number(), json: z.string() });
const Sizes = z.array(z.object({ cursor: z.number(), bytes: z.number() }));

/** Pages of all spans, or of those in the traces of a session, each bounded in bytes before it is loaded. */
export function createSpanPages(database: Database): SpanPages {
  const sizes = database.prepare(
    `SELECT cursor, octet_length(json) AS bytes FROM spans
     WHERE cursor > @after ORDER BY cursor LIMIT @limit`,
  );
  // The index by id has the cursors of a trace: the rows themselves are looked at for one page only.
  const sizesOf = database.prepare(
    `SELECT cursor, octet_length(json) AS bytes FROM spans
     WHERE cursor IN (SELECT s.cursor FROM members m JOIN spans s ON s.trace_id = m.trace_id
                      WHERE m.session_id = @session AND s.cursor > @after
                      ORDER BY s.cursor LIMIT @limit)
     ORDER BY cursor`,
  );
  const texts = database.prepare(
    'SELECT cursor, json FROM spans WHERE cursor IN (SELECT value FROM json_each(?)) ORDER BY cursor',
  );

  return ({ after, limit, session }) => {
    // One row more tells whether there is more.
    const bound = { after, limit: limit + 1 };
    const rows = session === undefined ? sizes.all(bound) : sizesOf.all({ ...bound, session: key(session) });
    const upto = endOfPage(rows.slice(0, limit), PAGE_BYTES);
    if (upto === undefined) return { spans: [], cursor: after, more: false };
    const cursors = Sizes.parse(rows).map((row) => row.cursor);
    const chosen = cursors.filter((cursor) => cursor <= upto);
    return {
      spans: texts.all(JSON.stringify(chosen)).map(spanText),
      cursor: upto,
      more: cursors.length > chosen.length,
    };
  };
}

function spanText(row: unknown): string {
  const { cursor, json } = Row.parse(row);
  return `${json.slice(0, -1)},"cursor":${cursor}}`;
}
