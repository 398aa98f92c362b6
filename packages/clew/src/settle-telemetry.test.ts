import { PassThrough } from 'node:stream';
import { createConsoleSink, startTracing } from '@clew/exporters';
import { createHost } from '@clew/host';
import { expect, it } from 'vitest';
import { ConfigFile } from './config.ts';
import type { ConfigInput } from './config.ts';
import { quietSink } from './quiet-sink.ts';
import { answersHealthz, settleTelemetry } from './settle-telemetry.ts';

async function exporters(
  telemetry: ConfigInput['telemetry'],
  environment: Record<string, string> = {},
  isThere = false,
) {
  const config = ConfigFile.parse({ telemetry });
  const asked: string[] = [];
  const answers = (url: string) => {
    asked.push(url);
    return Promise.resolve(isThere);
  };
  const { exporter } = await settleTelemetry(config.telemetry, { environment, answers });
  return { exporter, asked };
}

const otlp = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };

type Case = readonly [
  where: string,
  telemetry: NonNullable<ConfigInput['telemetry']>,
  environment: Record<string, string>,
  isThere: boolean,
  expected: readonly string[],
];
it.each<Case>([
  ['a local host that answers', {}, {}, true, ['ariadne']],
  ['a quiet console where none does', {}, {}, false, ['quiet']],
  ['what was said', { exporter: 'file' }, otlp, true, ['file']],
  ['all of what was said', { exporter: ['ariadne', 'otlp'] }, {}, false, ['ariadne', 'otlp']],
  ['the address that was given', { ariadne_url: 'http://viewer:5175/ingest' }, otlp, false, ['ariadne']],
  ['the OTLP address that was given', { otlp_url: 'http://localhost:4318/v1/traces' }, {}, true, ['otlp']],
  ['the standard endpoint', {}, otlp, true, ['otlp']],
  [
    'the standard exporters',
    {},
    { ...otlp, OTEL_TRACES_EXPORTER: 'console, otlp' },
    true,
    ['otlp', 'console'],
  ],
  ['nowhere where the SDK is disabled', {}, { ...otlp, OTEL_SDK_DISABLED: 'true' }, true, ['none']],
])('spans go to %s', async (_, telemetry, environment, isThere, expected) => {
  const { exporter } = await exporters(telemetry, environment, isThere);
  expect(exporter).toEqual(expected);
});

it('nobody is asked where it is known', async () => {
  expect((await exporters({ exporter: 'ariadne' })).asked).toEqual([]);
  expect((await exporters({}, otlp)).asked).toEqual([]);
  expect((await exporters({})).asked).toEqual(['http://localhost:5175/ingest']);
});

it('a service is called as OTEL_SERVICE_NAME says, unless Clew was told otherwise', async () => {
  const name = async (telemetry: ConfigInput['telemetry'], environment: Record<string, string>) => {
    const answers = () => Promise.resolve(false);
    const config = ConfigFile.parse({ telemetry });
    return (await settleTelemetry(config.telemetry, { environment, answers })).service_name;
  };
  const environment = { OTEL_SERVICE_NAME: 'depot' };
  expect(await name({}, {})).toBe('agent');
  expect(await name({}, environment)).toBe('depot');
  expect(await name({ service_name: 'mine' }, environment)).toBe('mine');
});

it('a host is there when it answers', async () => {
  const host = await createHost({ port: 0, database: ':memory:' });
  const url = `${host.url}/ingest`;
  expect(await answersHealthz(url)).toBe(true);
  await host.close();
  expect(await answersHealthz(url)).toBe(false);
});

it('a quiet console tells of what was compacted and of what went wrong, and of nothing else', async () => {
  const stream = new PassThrough();
  const sink = quietSink(createConsoleSink({ stream }));
  const tracing = startTracing({ serviceName: 'test', sinks: [sink] });
  const tracer = tracing.tracer('test');
  const run = (outcome: string) =>
    tracer.startSpan('compact.run', { attributes: { 'compact.outcome': outcome } });
  for (const outcome of ['noop_below', 'noop_nothing', 'compacted']) run(outcome).end();
  for (const name of ['chat gpt-5', 'compact.token_estimate', 'compact.error']) tracer.startSpan(name).end();
  await tracing.shutdown();
  const lines = String(stream.read()).trimEnd().split('\n');
  expect(lines.map((line) => line.split(/ +/u)[1])).toEqual(['compact.run', 'compact.error']);
});
