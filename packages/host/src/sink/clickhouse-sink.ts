import { HostError } from '../host-error.ts';
import type { Changes } from '../live/changes.ts';
import type { ClickhouseAddress } from '../source/clickhouse/clickhouse-address.ts';
import { createClickhouseClient } from '../source/clickhouse/clickhouse-client.ts';
import { createTables, insertRows } from '../source/clickhouse/clickhouse-schema.ts';
import { toClickhouseRow } from '../source/clickhouse/to-clickhouse-row.ts';
import type { SourceSpan } from '../source/trace-source.ts';
import type { Feed } from '../store/feed.ts';
import type { HostStats } from '../wire.ts';
import type { SinkPosition } from './sink-position.ts';

type SinkStats = NonNullable<HostStats['sink']>;

export interface SpanSink {
  stats(): SinkStats;
  /** Tries once more to write what is left, for some seconds; what then remains is written after the next start. */
  close(): Promise<void>;
}

export type ClickhouseSinkOptions = {
  readonly address: ClickhouseAddress;
  readonly readAfter: Feed;
  readonly changes: Changes;
  /** Up to which cursor everything was written. */
  readonly position: SinkPosition;
  /** From 0 to 1: spreads the waits between attempts. */
  readonly random?: () => number;
};

const BATCH_ROWS = 5000;
const IDLE_MILLIS = 60_000;
const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 30_000;
const LAST_MILLIS = 3000;

/**
 * Writes spans that have ended to ClickHouse, in the tables of the OpenTelemetry Collector, in batches. It goes behind
 * the store, which has what was acknowledged: while ClickHouse is away nothing waits and nothing is lost, and it goes on
 * where it was. A span that comes again after its end is written again; readers know it by its ids.
 */
export function startClickhouseSink(options: ClickhouseSinkOptions): SpanSink {
  const { readAfter, changes, position, random = Math.random } = options;
  const client = createClickhouseClient(options.address);
  const closing = new AbortController();
  const ended = new AbortController();
  let [written, failures, failuresInRow] = [0, 0, 0];
  let hasTables = false;
  let error: string | undefined;

  /** Writes all that is there; a batch counts only when ClickHouse has taken it. */
  async function drain(signal: AbortSignal): Promise<void> {
    for (let batch = nextBatch(position.read()); batch !== undefined; batch = nextBatch(batch.upto)) {
      if (!hasTables) for (const statement of createTables) await client.run(statement, {}, signal);
      hasTables = true;
      if (batch.rows.length > 0) await client.run(insertRows, {}, signal, batch.rows.join('\n'));
      position.write(batch.upto);
      written += batch.rows.length;
      failuresInRow = 0;
    }
  }

  function nextBatch(after: number): { readonly rows: readonly string[]; readonly upto: number } | undefined {
    const rows: string[] = [];
    let upto = after;
    for (let page = readAfter(upto); page.length > 0 && rows.length < BATCH_ROWS; page = readAfter(upto)) {
      for (const { cursor, message } of page) {
        upto = cursor;
        if (message.type === 'span' && message.end !== undefined) rows.push(lineOf(message));
      }
    }
    return upto === after ? undefined : { rows, upto };
  }

  async function attempt(signal: AbortSignal): Promise<void> {
    try {
      await drain(signal);
    } catch (caught) {
      failures += 1;
      failuresInRow += 1;
      error = HostError.isInstance(caught) ? caught.message : String(caught);
    }
  }

  /** What is on its way when the sink is closed is let finish; then comes one last look. */
  async function run(): Promise<void> {
    for (let isLast = false; ; isLast = closing.signal.aborted) {
      await attempt(ended.signal);
      if (isLast) return;
      if (failuresInRow === 0) {
        await changes.wait(IDLE_MILLIS, closing.signal);
        continue;
      }
      const longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** (failuresInRow - 1));
      await pause(random() * longest, closing.signal);
    }
  }

  const running = run();
  let closed: Promise<void> | undefined;
  return {
    stats: () => ({ name: client.name, written, failures, ...(error !== undefined && { error }) }),
    close: () =>
      (closed ??= (async () => {
        closing.abort();
        const timer = setTimeout(() => ended.abort(), LAST_MILLIS);
        await running;
        clearTimeout(timer);
      })()),
  };
}

function lineOf(span: SourceSpan): string {
  return JSON.stringify(toClickhouseRow(span));
}

/** Ends early when the signal aborts. */
function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', done);
  });
}
