import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAriadneSink, startTracing } from '@clew/exporters';
import { createHost } from '@clew/host';
import { trace, ROOT_CONTEXT } from '@opentelemetry/api';

/**
 * Milliseconds from the end of a `compact.trigger_decision` until the viewer's stream has it, sorted: on one machine,
 * through the sink with its spool, HTTP, the host's store and its live stream.
 */
export async function decisionToScreen(samples: number): Promise<readonly number[]> {
  const path = mkdtempSync(join(tmpdir(), 'clew-screen-'));
  const host = await createHost({ port: 0, database: join(path, 'spans.db') });
  const sink = createAriadneSink({ url: `${host.url}/ingest`, spool: { path: join(path, 'spool') } });
  const { tracer, shutdown } = startTracing({ serviceName: 'bench', sinks: [sink] });
  const endedAt = new Map<string, number>();
  const taken: number[] = [];
  let seen = (): void => {};
  const stream = get(`${host.url}/events`, (response) => {
    let rest = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const arrivedAt = performance.now();
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const id = /"span_id":"(\w+)"/.exec(line)?.[1] ?? '';
        const at = endedAt.get(id);
        if (at !== undefined) {
          endedAt.delete(id);
          taken.push(arrivedAt - at);
          seen();
        }
      }
    });
  });
  await new Promise((resolve) => {
    stream.once('response', (response) => response.once('data', resolve));
  });
  for (let sample = 0; sample < samples; sample += 1) {
    const run = tracer('bench').startSpan('compact.run', { root: true });
    const within = trace.setSpan(ROOT_CONTEXT, run);
    tracer('bench').startSpan('compact.token_estimate', {}, within).end();
    const decision = tracer('bench').startSpan('compact.trigger_decision', {}, within);
    const arrived = new Promise<void>((resolve) => {
      seen = resolve;
    });
    endedAt.set(decision.spanContext().spanId, performance.now());
    decision.end();
    await arrived;
    run.end();
    // At no fixed beat with the timers of the sink.
    await new Promise((resolve) => {
      setTimeout(resolve, 5 + Math.random() * 150);
    });
  }
  stream.destroy();
  await shutdown();
  await host.close();
  rmSync(path, { recursive: true, force: true });
  return taken.toSorted((left, right) => left - right);
}
