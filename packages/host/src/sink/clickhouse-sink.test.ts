import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  engineFolder,
  startClickhouseEngine,
  type ClickhouseEngine,
} from '../source/clickhouse/clickhouse-engine.fixture.ts';
import { openSource } from '../source/open-source.ts';
import { contractSession, hexId } from '../testing/contract-session.ts';
import { serve, type Served } from '../testing/serve.ts';
import { readBody } from '../testing/otlp-inbox.ts';
import { readAll, listAll } from '../testing/read-source.ts';
import { toOtlpRequest } from '../testing/to-otlp-request.ts';
import { post, withHost } from '../testing/with-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'clew-sink-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A ClickHouse that takes rows, unless it is away; it says what it took. */
class Fake {
  readonly rows: { readonly SpanId: string }[] = [];
  isAway = false;
  #served: Served | undefined;

  async start(): Promise<string> {
    this.#served = await serve(async (request, url) => {
      const body = await readBody(request);
      if (this.isAway) return { status: 503, body: 'Code: 210. Away' };
      const sql = url.searchParams.get('query');
      if (sql?.startsWith('INSERT') === true)
        this.rows.push(...body.split('\n').map((line) => JSON.parse(line)));
      return { status: 200, body: '' };
    });
    return this.#served.url.replace('http:', 'clickhouse:');
  }

  async stop(): Promise<void> {
    await this.#served?.close();
  }
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400 && !(await isTrue()); turn += 1)
    await new Promise((done) => {
      setTimeout(done, 20);
    });
}

const session = (): ReturnType<typeof contractSession> =>
  contractSession({ service: `sink-${hexId(8)}`, start: Date.now() - 60_000, tools: 3 });

describe('the sink behind the store', () => {
  const fake = new Fake();
  afterEach(async () => {
    fake.isAway = false;
    fake.rows.length = 0;
    await fake.stop();
  });

  it('writes what has ended, once, and goes on after a restart where it was', async () => {
    const clickhouse = await fake.start();
    const database = join(folder, 'once.db');
    const [first, second] = [session(), session()];
    await withHost({ database, clickhouse }, async (host) => {
      await post(host, '/v1/traces', toOtlpRequest(first.spans));
      await until(() => fake.rows.length >= first.spans.length);
      expect(host.stats().sink).toMatchObject({ written: first.spans.length, failures: 0 });
    });
    await withHost({ database, clickhouse }, async (host) => {
      await post(host, '/v1/traces', toOtlpRequest(second.spans));
      await until(() => fake.rows.length >= first.spans.length + second.spans.length);
    });
    expect(fake.rows.map((row) => row.SpanId).toSorted()).toEqual(
      [...first.spans, ...second.spans].map((span) => span.id).toSorted(),
    );
  });

  it('loses nothing while ClickHouse is away, and keeps no sender waiting', async () => {
    const clickhouse = await fake.start();
    fake.isAway = true;
    const { spans } = session();
    await withHost({ clickhouse }, async (host) => {
      const response = await post(host, '/v1/traces', toOtlpRequest(spans));
      expect(response.status).toBe(200);
      await until(() => (host.stats().sink?.failures ?? 0) > 0);
      expect(host.stats().sink).toMatchObject({ written: 0, error: expect.stringContaining('Away') });
      fake.isAway = false;
      await until(() => fake.rows.length >= spans.length);
      expect(host.stats().sink).toMatchObject({ written: spans.length });
    });
    expect(fake.rows.map((row) => row.SpanId).toSorted()).toEqual(spans.map((span) => span.id).toSorted());
  });

  it('writes a span that is under way only when it has ended', async () => {
    const clickhouse = await fake.start();
    const event = {
      type: 'span',
      trace_id: 't',
      span_id: 's',
      name: 'agent',
      kind: 'agent',
      started_at: '2026-01-01T00:00:00Z',
      status: 'ok',
    };
    await withHost({ clickhouse }, async (host) => {
      await post(host, '/ingest', event);
      await post(host, '/v1/traces', toOtlpRequest(session().spans));
      await until(() => fake.rows.length > 0);
      expect(fake.rows.filter((row) => row.SpanId === 's')).toEqual([]);
      await post(host, '/ingest', { ...event, ended_at: '2026-01-01T00:00:01Z' });
      await until(() => fake.rows.some((row) => row.SpanId === 's'));
    });
    expect(fake.rows.filter((row) => row.SpanId === 's')).toHaveLength(1);
  });

  it('says at the start what address it expected', async () => {
    await expect(withHost({ clickhouse: 'http://localhost' }, () => Promise.resolve())).rejects.toMatchObject(
      {
        code: 'source_url',
      },
    );
  });
});

describe.skipIf(engineFolder === undefined)(
  'ClickHouse (its engine is in the folder that CHDB_DIR names)',
  () => {
    let engine: ClickhouseEngine;
    beforeAll(async () => {
      engine = await startClickhouseEngine(engineFolder ?? '', 'sink');
    });
    afterAll(async () => engine.close());

    it('gets the tables made, and gives back what the host took', async () => {
      const { id, service, spans } = session();
      await withHost({ clickhouse: engine.url }, async (host) => {
        await post(host, '/v1/traces', toOtlpRequest(spans));
        await until(() => (host.stats().sink?.written ?? 0) >= spans.length);
      });
      const source = openSource(engine.url);
      expect(await listAll(source, { service })).toMatchObject([{ id, spanCount: spans.length }]);
      const read = await readAll(source, id);
      expect(read.map((span) => span.id).toSorted()).toEqual(spans.map((span) => span.id).toSorted());
      await source.close();
    });
  },
);
