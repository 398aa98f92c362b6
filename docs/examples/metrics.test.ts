import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, Runner, setDefaultModelProvider } from '@openai/agents';
import { ScriptedModel, assistantMessage } from '@openai/agents-core/testing';
import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, it, vi } from 'vitest';

it('counts the runs of the engine, and how its spans fare', async () => {
  const storage = await mkdtemp(join(tmpdir(), 'clew-example-'));
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1_000_000 });
  const provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
  vi.stubEnv('COMPACT_MODEL', 'gpt-5');
  vi.stubEnv('COMPACT_STORAGE_PATH', storage);
  vi.stubEnv('COMPACT_TELEMETRY_SPOOL', 'false');
  vi.stubEnv('COMPACT_ARIADNE_URL', 'http://127.0.0.1:1/ingest');
  setDefaultModelProvider({ getModel: () => new ScriptedModel([[assistantMessage('Four.')]]) });

  const { runConfig, shutdown } = await import('./metrics.ts');
  await new Runner(runConfig).run(new Agent({ name: 'Ada' }), 'Two and two?');
  await reader.forceFlush();

  const measured = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  const runs = measured.find(({ descriptor }) => descriptor.name === 'compact.runs');
  expect(runs?.dataPoints).toMatchObject([{ value: 1, attributes: { 'compact.outcome': 'noop_below' } }]);
  expect(measured.map(({ descriptor }) => descriptor.name)).toContain('otel.sdk.exporter.span.exported');
  await shutdown();
  await provider.shutdown();
  metrics.disable();
  vi.unstubAllEnvs();
  await rm(storage, { recursive: true, force: true });
});
