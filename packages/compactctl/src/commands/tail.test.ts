import { createHost } from '@clew/host';
import type { Host } from '@clew/host';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runIn } from '../terminal.fixture.ts';

let host: Host;
beforeEach(async () => {
  host = await createHost({ port: 0, database: ':memory:' });
});
afterEach(() => host.close());

async function post(...names: readonly string[]) {
  const batch = names.map((name, index) => ({
    type: 'span',
    trace_id: 't',
    span_id: `${name}-${index}`,
    name,
    kind: 'compaction',
    started_at: '2026-11-21T10:00:00.000Z',
    ended_at: '2026-11-21T10:00:00.123Z',
    data: {
      outcome: name === 'compact.run' ? 'compacted' : undefined,
      output_text: `${name} \u001b[31mred\nline`,
    },
  }));
  const response = await fetch(`${host.url}/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
}

it('prints what was compacted and what went wrong, a line each', async () => {
  await post('chat gpt-5', 'compact.token_estimate', 'compact.run', 'compact.error');
  const { code, out, error } = await runIn('.', ['tail', '--source', host.url], { until: 'compact.error' });
  expect(code).toBe(0);
  expect(error).toContain(`Following ${host.url}/api/stream`);
  expect(out.split('\n')).toEqual([
    '10:00:00.123 compact.run              compact.run  [31mred',
    '10:00:00.123 compact.error            compact.error  [31mred',
  ]);
});

it('reads Ariadne’s own stream where it is named, and every span where it is asked to', async () => {
  const following = runIn('.', ['tail', '--source', `${host.url}/events`, '--all', '--json'], {
    until: 'compact.run',
  });
  // Ariadne's stream tells what comes from now on.
  const timer = setInterval(() => void post('chat gpt-5', 'compact.run'), 50);
  const { out } = await following;
  clearInterval(timer);
  const names = out.split('\n').map((line) => (JSON.parse(line) as { name: string }).name);
  expect(names.slice(0, 2)).toEqual(['chat gpt-5', 'compact.run']);
});

it('says who does not answer', async () => {
  const { code, error } = await runIn('.', ['tail', '--source', 'http://127.0.0.1:1']);
  expect(code).toBe(2);
  expect(error).toContain('nobody answers at http://127.0.0.1:1');
  expect((await runIn('.', ['tail', '--source', 'here'])).error).toContain('--source expects a URL');
  expect((await runIn('.', ['tail', '--source', `${host.url}/nothing/events`])).error).toContain(
    'gives no stream of events: it answered 404',
  );
});
