import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeTraceSource } from '../../testing/describe-trace-source.ts';
import type { SourceSpan } from '../trace-source.ts';
import { readClickhouseAddress } from './clickhouse-address.ts';
import { createClickhouseClient } from './clickhouse-client.ts';
import { engineFolder, startClickhouseEngine, type ClickhouseEngine } from './clickhouse-engine.fixture.ts';
import { createTables, insertRows } from './clickhouse-schema.ts';
import { createClickhouseSource } from './clickhouse-source.ts';
import { toClickhouseRow } from './to-clickhouse-row.ts';

const never = new AbortController().signal;

describe.skipIf(engineFolder === undefined)(
  'ClickHouse (its engine is in the folder that CHDB_DIR names)',
  () => {
    let engine: ClickhouseEngine;
    beforeAll(async () => {
      engine = await startClickhouseEngine(engineFolder ?? '', 'otel');
      const client = createClickhouseClient(readClickhouseAddress(new URL(engine.url)));
      for (const statement of createTables) await client.run(statement, {}, never);
    });
    afterAll(async () => engine.close());

    describeTraceSource('ClickHouse with a map of attributes', async () => {
      const address = readClickhouseAddress(new URL(engine.url));
      const client = createClickhouseClient(address);
      return Promise.resolve({
        source: createClickhouseSource({ address, pollMillis: 50, now: Date.now }),
        write: (spans) =>
          client.run(
            insertRows,
            {},
            never,
            spans.map((span) => JSON.stringify(toClickhouseRow(span))).join('\n'),
          ),
      });
    });

    describeTraceSource('ClickHouse with a JSON column', async () => {
      const address = readClickhouseAddress(new URL(`${engine.url}?table=otel_json`));
      const client = createClickhouseClient(address);
      for (const statement of createTables) await client.run(withJson(statement), {}, never);
      return {
        source: createClickhouseSource({ address, pollMillis: 50, now: Date.now }),
        write: (spans) =>
          client.run(
            insertRows,
            {},
            never,
            spans
              .map((span) => JSON.stringify({ ...toClickhouseRow(span), SpanAttributes: typed(span) }))
              .join('\n'),
          ),
      };
    });

    it('says what to do where there is no such table', async () => {
      const address = readClickhouseAddress(new URL(`${engine.url}?table=elsewhere`));
      const source = createClickhouseSource({ address, pollMillis: 50, now: Date.now });
      await expect(source.listSessions({ limit: 1 }, never)).rejects.toThrow(/no such table.*\?table=/);
    });
  },
);

/** The other form of the Collector's table: attributes in columns of JSON, with their types. */
function withJson(statement: string): string {
  return statement
    .split('\n')
    .filter((line) => !line.includes('idx_span_attr'))
    .join('\n')
    .replaceAll('Map(LowCardinality(String), String)', 'JSON')
    .replace(/GRANULARITY 1,\n\)/, 'GRANULARITY 1\n)');
}

function typed({ attrs }: SourceSpan): unknown {
  return Object.fromEntries(Object.entries(attrs).filter(([key]) => key !== 'otel.events'));
}
