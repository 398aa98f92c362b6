import type { Database } from 'libsql';
import type { StreamMessage } from '../wire.ts';
import { endOfPage } from './page.ts';
import { SpanRow, fromSpanRow } from './span-row.ts';
import { TraceRow, fromTraceRow } from './trace-row.ts';

/** What comes after a cursor, in order, a page at a time: as many rows as fit the limits below. */
export type Feed = (cursor: number) => readonly StreamMessage[];

const PAGE_ROWS = 500;
const PAGE_BYTES = 512 * 1024;

export function createFeed(database: Database): Feed {
  const sizes = database.prepare(
    `SELECT cursor, bytes FROM spans WHERE cursor > @after
     UNION ALL SELECT cursor, bytes FROM traces WHERE cursor > @after
     ORDER BY cursor LIMIT ${PAGE_ROWS}`,
  );
  const spans = database.prepare('SELECT * FROM spans WHERE cursor > @after AND cursor <= @upto');
  const traces = database.prepare('SELECT * FROM traces WHERE cursor > @after AND cursor <= @upto');

  return (after) => {
    const upto = endOfPage(sizes.all({ after }), PAGE_BYTES);
    if (upto === undefined) return [];
    const messages = [
      ...spans.all({ after, upto }).map((row) => spanMessage(SpanRow.parse(row))),
      ...traces.all({ after, upto }).flatMap((row) => traceMessage(TraceRow.parse(row))),
    ];
    return messages.toSorted((a, b) => a.cursor - b.cursor);
  };
}

function spanMessage(row: SpanRow): StreamMessage {
  return { type: 'span', ...fromSpanRow(row) };
}

function traceMessage(row: TraceRow): StreamMessage[] {
  return row.cursor === null ? [] : [{ type: 'trace', ...fromTraceRow(row), cursor: row.cursor }];
}
