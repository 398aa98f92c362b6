import type { Database } from 'libsql';
import { z } from 'zod';
import { StreamMessage } from '../wire.ts';
import { endOfPage } from './page.ts';

/** What comes after a cursor, in order, a page at a time: as many rows as fit the limits below. */
export type Feed = (cursor: number) => readonly FeedItem[];

const PAGE_ROWS = 500;
const PAGE_BYTES = 512 * 1024;

const Row = z.object({ cursor: z.number(), trace_id: z.string(), named: z.number(), json: z.string() });

/** One message of the feed, as the text that is sent, and read only by those who need to. */
export class FeedItem {
  readonly cursor: number;
  readonly traceId: string;
  /** Whether somebody has given it a name; else the message has one that stands for it. */
  readonly isNamed: boolean;
  /** The JSON of a StreamMessage. */
  readonly json: string;
  #message: StreamMessage | undefined;

  constructor(type: 'span' | 'trace', { cursor, trace_id, named, json }: z.infer<typeof Row>) {
    this.cursor = cursor;
    this.traceId = trace_id;
    this.isNamed = named === 1;
    this.json = `{"type":"${type}",${json.slice(1, -1)},"cursor":${cursor}}`;
  }

  get message(): StreamMessage {
    return (this.#message ??= StreamMessage.parse(JSON.parse(this.json)));
  }
}

const Head = z.object({ cursor: z.number() });

/** What of a trace had come up to a cursor. */
export type Past = (traceId: string, upto: number) => readonly FeedItem[];

export function createPast(database: Database): Past {
  const spans = database.prepare(
    'SELECT cursor, trace_id, named, json FROM spans WHERE trace_id = ? AND cursor <= ? ORDER BY cursor',
  );
  const trace = database.prepare(
    'SELECT cursor, trace_id, 1 AS named, json FROM traces WHERE trace_id = ? AND cursor <= ?',
  );
  return (traceId, upto) => [
    ...toItems('trace', trace.all(traceId, upto)),
    ...toItems('span', spans.all(traceId, upto)),
  ];
}

function toItems(type: 'span' | 'trace', rows: readonly unknown[]): readonly FeedItem[] {
  return Row.array()
    .parse(rows)
    .map((row) => new FeedItem(type, row));
}

export function createFeed(database: Database): Feed {
  const sizes = database.prepare(
    `SELECT * FROM (SELECT cursor, octet_length(json) AS bytes FROM spans
                    WHERE cursor > @after ORDER BY cursor LIMIT ${PAGE_ROWS})
     UNION ALL
     SELECT * FROM (SELECT cursor, octet_length(json) AS bytes FROM traces
                    WHERE cursor > @after ORDER BY cursor LIMIT ${PAGE_ROWS})
     ORDER BY cursor LIMIT ${PAGE_ROWS}`,
  );
  const spans = database.prepare(
    'SELECT cursor, trace_id, named, json FROM spans WHERE cursor > ? AND cursor <= ?',
  );
  const traces = database.prepare(
    'SELECT cursor, trace_id, 1 AS named, json FROM traces WHERE cursor > ? AND cursor <= ?',
  );
  const head = database.prepare('SELECT cursor FROM state');

  function read(after: number): readonly FeedItem[] {
    const upto = endOfPage(sizes.all({ after }), PAGE_BYTES);
    if (upto === undefined) return [];
    return [
      ...toItems('span', spans.all(after, upto)),
      ...toItems('trace', traces.all(after, upto)),
    ].toSorted((a, b) => a.cursor - b.cursor);
  }

  // Viewers that follow live all ask the same at the same time: one answers for them all.
  let last: { readonly after: number; readonly head: number; readonly page: readonly FeedItem[] } | undefined;
  return (after) => {
    const at = Head.parse(head.get()).cursor;
    if (at <= after) return [];
    if (last?.after !== after || last.head !== at) last = { after, head: at, page: read(after) };
    return last.page;
  };
}
