import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ariadneLoad, otlpLoad, send, type Load } from './host-load.ts';
import { startAriadne, startHost, type Server } from './host-under-load.ts';

const SPANS = 100_000;
const ROUNDS = 3;

type Print = (line: string) => void;
type Way = { readonly name: string; readonly load: Load; readonly start: (round: number) => Promise<Server> };

/**
 * The host beside the real Ariadne, whose folder `ARIADNE_DIR` names: the same spans over as many connections, each
 * server fresh and in a process of its own, in turn. Then reading a session, and starting with a million spans.
 */
export async function reportHost(print: Print): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'clew-bench-host-'));
  try {
    await reportIngest(print, folder);
    await reportSession(print, join(folder, 'session.db'));
    await reportStart(print, join(folder, 'million.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reportIngest(print: Print, folder: string): Promise<void> {
  const ariadne = process.env['ARIADNE_DIR'];
  const events = ariadneLoad(SPANS);
  const onDisk = (name: string) => (round: number) => startHost(join(folder, `${name}-${round}.db`));
  const ways: readonly Way[] = [
    ...(ariadne === undefined
      ? []
      : [{ name: 'the real Ariadne, in memory', load: events, start: () => startAriadne(ariadne) }]),
    { name: 'host, Ariadne events, on the disk', load: events, start: onDisk('events') },
    { name: 'host, OTLP JSON, on the disk', load: otlpLoad(SPANS, 'json'), start: onDisk('json') },
    {
      name: 'host, OTLP protobuf, on the disk',
      load: otlpLoad(SPANS, 'protobuf'),
      start: onDisk('protobuf'),
    },
  ];
  if (ariadne === undefined)
    print('\nThe real Ariadne is left out: ARIADNE_DIR does not name the folder of a built clone.');

  const rows = ways.map(({ name }) => ({
    name,
    rates: new Array<number>(),
    cpu: new Array<number>(),
    peak: 0,
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { load, start }] of ways.entries()) {
      const server = await start(round);
      const before = (await server.usage())?.cpuMillis ?? NaN;
      const millis = await send(server.url, load);
      const after = await server.usage();
      await server.close();
      rows[index]?.rates.push(load.spans / (millis / 1000));
      rows[index]?.cpu.push((after?.cpuMillis ?? NaN) - before);
      const row = rows[index];
      if (row !== undefined) row.peak = Math.max(row.peak, after?.peakMib ?? NaN);
    }
  }
  print(
    `\n| ingest of ${SPANS} spans in 1,000 sessions | spans a second | CPU, µs a span | memory at most, MiB |`,
  );
  print('|---|---|---|---|');
  for (const { name, rates, cpu, peak } of rows) {
    const perSpan = (median(cpu) * 1000) / SPANS;
    print(`| ${name} | ${median(rates).toFixed(0)} | ${perSpan.toFixed(1)} | ${peak.toFixed(0)} |`);
  }
}

async function reportSession(print: Print, database: string): Promise<void> {
  const host = await startHost(database);
  const span = (index: number): object => ({
    type: 'span',
    trace_id: `trace-${Math.floor(index / 500)}`,
    span_id: `span-${index}`,
    name: 'chat',
    started_at: new Date(index).toISOString(),
    ended_at: new Date(index + 1).toISOString(),
    data: { 'gen_ai.conversation.id': 'one', text: 'x'.repeat(500) },
  });
  for (let from = 0; from < 10_000; from += 250) {
    const batch = Array.from({ length: 250 }, (_, offset) => span(from + offset));
    await fetch(`${host.url}/ingest`, { method: 'POST', body: JSON.stringify({ batch }) });
  }
  print('\n| reading, median of 9 | ms | CPU of the host, ms |\n|---|---|---|');
  for (const [name, path] of [
    ['a session of 10,000 spans', '/api/sessions/one/spans'],
    ['the list of sessions', '/api/sessions'],
  ] as const) {
    const times: number[] = [];
    const before = (await host.usage())?.cpuMillis ?? NaN;
    let bytes = 0;
    for (let turn = 0; turn < 9; turn += 1) {
      const began = performance.now();
      const body = await (await fetch(host.url + path)).arrayBuffer();
      times.push(performance.now() - began);
      bytes = body.byteLength;
    }
    const cpu = (((await host.usage())?.cpuMillis ?? NaN) - before) / times.length;
    print(`| ${name}, ${(bytes / 1e6).toFixed(2)} MB | ${median(times).toFixed(1)} | ${cpu.toFixed(1)} |`);
  }
  await host.close();
}

async function reportStart(print: Print, database: string): Promise<void> {
  const filled = await startHost(database);
  for (let first = 0; first < 1_000_000; first += SPANS)
    await send(filled.url, otlpLoad(SPANS, 'protobuf', first));
  const { peakMib = NaN } = (await filled.usage()) ?? {};
  await filled.close();
  const host = await startHost(database);
  const began = performance.now();
  await (await fetch(`${host.url}/api/sessions?limit=100`)).arrayBuffer();
  const listed = performance.now() - began;
  await (await fetch(`${host.url}/api/sessions?limit=100&text=session-9999`)).arrayBuffer();
  const searched = performance.now() - began - listed;
  await host.close();
  print('\n| 1,000,000 spans in 10,000 sessions | |\n|---|---|');
  print(`| memory at most while they came, MiB | ${peakMib.toFixed(0)} |`);
  print(`| until a host listens, ms | ${host.startMillis.toFixed(0)} |`);
  print(`| until it has listed the first 100 sessions, ms | ${(host.startMillis + listed).toFixed(0)} |`);
  print(`| a search through all sessions, ms | ${searched.toFixed(0)} |`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
