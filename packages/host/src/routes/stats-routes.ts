import { Hono } from 'hono';
import type { HostStats } from '../wire.ts';
import type { HostContext } from './context.ts';

type Metric = readonly [
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  value: (stats: HostStats) => number,
];

const metrics: readonly Metric[] = [
  ['clew_host_accepted_total', 'counter', 'Spans and trace events committed.', (stats) => stats.accepted],
  [
    'clew_host_rejected_total',
    'counter',
    'Spans and events refused within a batch.',
    (stats) => stats.rejected,
  ],
  ['clew_host_expired_spans_total', 'counter', 'Spans removed by the retention.', (stats) => stats.expired],
  ['clew_host_spans', 'gauge', 'Spans stored.', (stats) => stats.spans],
  ['clew_host_traces', 'gauge', 'Traces stored.', (stats) => stats.traces],
  ['clew_host_streams', 'gauge', 'Live streams open.', (stats) => stats.streams],
  ['clew_host_used_bytes', 'gauge', 'Of the database, what holds something.', (stats) => stats.usedBytes],
  ['clew_host_file_bytes', 'gauge', 'The file of the database.', (stats) => stats.fileBytes],
  ['clew_host_log_bytes', 'gauge', 'The log beside the file.', (stats) => stats.logBytes],
  ['process_resident_memory_bytes', 'gauge', 'Memory of the process.', () => process.memoryUsage.rss()],
  ['process_cpu_seconds_total', 'counter', 'Processor time of the process.', cpuSeconds],
];

/** What the host says of itself: as JSON, and in the text format of Prometheus. */
export function statsRoutes({ stats }: HostContext): Hono {
  return new Hono()
    .get('/api/stats', (c) => c.json(stats()))
    .get('/metrics', (c) =>
      c.body(exposition(stats()), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
    );
}

function exposition(stats: HostStats): string {
  return metrics
    .map(
      ([name, type, help, value]) =>
        `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value(stats)}\n`,
    )
    .join('');
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
