import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConsoleSink, createFileSink } from './line-sink.ts';
import { startTracing } from './start-tracing.ts';

let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-lines-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

test('a file gets each span once, as a line of OTLP/JSON, and is its owner’s alone', async () => {
  const file = join(path, 'deep', 'spans.jsonl');
  const sink = createFileSink({ path: file });
  const { tracer, shutdown } = startTracing({ serviceName: 'shop', sinks: [sink] });
  for (let number = 0; number < 2000; number += 1) tracer('t').startSpan(`span ${number}\n`).end();
  await shutdown();
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(2000);
  expect(JSON.parse(lines[7] ?? '')).toMatchObject({
    resourceSpans: [{ scopeSpans: [{ scope: { name: 't' }, spans: [{ name: 'span 7\n', kind: 1 }] }] }],
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(sink.stats()).toMatchObject({ emitted: 2000, delivered: 2000, dropped: {}, pending: 0 });
});

test('a stream gets a line for people, without what would move the cursor', async () => {
  const stream = new PassThrough();
  const { tracer, shutdown } = startTracing({
    serviceName: 'shop',
    sinks: [createConsoleSink({ stream })],
  });
  tracer('t').startSpan('look\u001B[2Jup\n').end();
  await shutdown();
  expect(String(stream.read())).toMatch(/^\d\d:\d\d:\d\d\.\d{3} look \[2Jup {2,}look \[2Jup\n$/);
});

test('a file that cannot be written is said once, and counted', async () => {
  const said: string[] = [];
  const sink = createFileSink({ path: path, log: (_level, text) => void said.push(text) });
  const { tracer, flush } = startTracing({ serviceName: 'shop', sinks: [sink] });
  for (const name of ['a', 'b', 'c']) {
    tracer('t').startSpan(name).end();
    await flush();
  }
  expect(sink.stats()).toMatchObject({ emitted: 3, delivered: 0, dropped: { export_failed: 3 } });
  expect(said).toHaveLength(1);
});

test('options that cannot work are refused', () => {
  expect(() => createFileSink({ path: '' })).toThrow(/createFileSink[^]*path/);
  // @ts-expect-error -- no such format
  expect(() => createConsoleSink({ format: 'xml' })).toThrow(/format/);
});
