import type { Database } from 'libsql';
import { z } from 'zod';
import { key } from './key.ts';
import { endOfPage } from './page.ts';

/**
 * The spans of a session's traces in pieces of many lines, each line the JSON of a SpanMessage, in the order of their
 * cursors. The pieces are put together in the database: a row that crosses over to here costs more than its text.
 */
export type SessionTexts = (session: string) => Iterable<string>;

const PAGE_ROWS = 2000;
const PAGE_BYTES = 1024 * 1024;

const List = z.object({ list: z.string() });
const Sizes = z.array(z.tuple([z.number(), z.number()]));
const Lines = z.object({ lines: z.string().nullable() });

/**
 * Which spans there are is asked once for all pieces. A span that comes again while they are read has moved to the end by
 * then: so it is asked again there, until nothing is new.
 */
export function createSessionTexts(database: Database): SessionTexts {
  const sizes = database.prepare(
    `SELECT json_group_array(json_array(cursor, bytes)) AS list FROM (
       SELECT s.cursor, octet_length(s.json) AS bytes FROM members m JOIN spans s ON s.trace_id = m.trace_id
       WHERE m.session_id = ? AND s.cursor > ? ORDER BY s.cursor)`,
  );
  const texts = database.prepare(
    `SELECT group_concat(line, '') AS lines FROM (
       SELECT '{"type":"span","cursor":' || cursor || ',' || substr(json, 2) || char(10) AS line FROM spans
       WHERE cursor IN (SELECT value FROM json_each(?)) ORDER BY cursor)`,
  );

  return function* (session) {
    for (let after = 0; ;) {
      const { list } = List.parse(sizes.get(key(session), after));
      const rows = Sizes.parse(JSON.parse(list)).map(([cursor, bytes]) => ({ cursor, bytes }));
      if (rows.length === 0) return;
      for (let from = 0; from < rows.length;) {
        const upto = endOfPage(rows.slice(from, from + PAGE_ROWS), PAGE_BYTES) ?? 0;
        const to = rows.findIndex(({ cursor }) => cursor > upto);
        const page = rows.slice(from, to === -1 ? rows.length : to);
        from += page.length;
        after = upto;
        const { lines } = Lines.parse(texts.get(JSON.stringify(page.map(({ cursor }) => cursor))));
        // They may all have gone meanwhile.
        if (lines !== null) yield lines;
      }
    }
  };
}
