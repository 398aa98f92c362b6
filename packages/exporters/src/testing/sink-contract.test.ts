import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { ExportResultCode } from '@opentelemetry/core';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { createAriadneSink } from '../ariadne/ariadne-sink.ts';
import { createConsoleSink, createFileSink } from '../line-sink.ts';
import { createExporterSink } from '../otlp/exporter-sink.ts';
import { otlpSink } from '../otlp/otlp-sink.ts';
import { describeSink } from './describe-sink.ts';
import type { SinkUnderTest } from './describe-sink.ts';
import { StrictAriadne } from './strict-ariadne.ts';
import { StrictOtlp } from './strict-otlp.ts';

// Every sink of ours, against a real receiver, a real stream and a real file.

const soon = { random: () => 0, timeoutMillis: 500, maxAgeMillis: 5 };

/** The far end answers 503 until it is mended. */
const breaking = (server: StrictAriadne | StrictOtlp) => () => {
  server.failNext({ status: 503, times: Infinity });
  return async () => server.heal();
};

describeSink('Ariadne', async () => {
  const server = await new StrictAriadne().start();
  return {
    sink: createAriadneSink({ url: server.url, ...soon }),
    arrived: () => server.events.filter(({ type }) => type === 'span').map((event) => event.name ?? ''),
    breakFarEnd: breaking(server),
    close: () => server.close(),
  };
});

for (const protocol of ['http/json', 'http/protobuf'] as const) {
  describeSink(`OTLP, ${protocol}`, async () => {
    const server = await new StrictOtlp().start();
    return {
      sink: otlpSink({ url: server.url, protocol, environment: {}, ...soon }),
      arrived: () => server.names,
      breakFarEnd: breaking(server),
      close: () => server.close(),
    };
  });
}

describeSink('OTLP with a spool', async () => {
  const server = await new StrictOtlp().start();
  const path = await mkdtemp(join(tmpdir(), 'clew-contract-'));
  return {
    sink: otlpSink({ url: server.url, environment: {}, spool: { path }, ...soon }),
    arrived: () => server.names,
    breakFarEnd: breaking(server),
    close: async () => {
      await server.close();
      await rm(path, { recursive: true, force: true });
    },
  };
});

for (const format of ['human', 'json'] as const) {
  describeSink(`the console, ${format}`, () => {
    const stream = new PassThrough();
    let text = '';
    stream.on('data', (chunk) => (text += String(chunk)));
    return {
      sink: createConsoleSink({ stream, format, maxAgeMillis: 5 }),
      arrived: () => namesIn(text),
    };
  });
}

describeSink('a file', async (): Promise<SinkUnderTest> => {
  const folder = await mkdtemp(join(tmpdir(), 'clew-contract-'));
  const path = join(folder, 'spans.jsonl');
  return {
    sink: createFileSink({ path, maxAgeMillis: 5 }),
    arrived: async () => namesIn(await readFile(path, 'utf8')),
    close: () => rm(folder, { recursive: true, force: true }),
  };
});

describeSink('any exporter of OpenTelemetry', () => {
  const exporter = new InMemorySpanExporter();
  const names: string[] = [];
  let isBroken = false;
  const observed: typeof exporter.export = (spans, report) => {
    if (isBroken) {
      report({ code: ExportResultCode.FAILED, error: new Error('down') });
      return;
    }
    names.push(...spans.map(({ name }) => name));
    exporter.export(spans, report);
  };
  return {
    sink: createExporterSink(
      {
        export: observed,
        shutdown: () => exporter.shutdown(),
        forceFlush: () => exporter.forceFlush(),
      },
      { maxAgeMillis: 5 },
    ),
    arrived: () => names,
    breakFarEnd: () => {
      isBroken = true;
      return async () => {
        isBroken = false;
      };
    },
  };
});

/** One `span …` a line, whatever the form of the line. */
function namesIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /\bspan \d+\b/.exec(line)?.[0] ?? []);
}
