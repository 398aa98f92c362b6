import { expect, it } from 'vitest';
import { HostError, type SourceErrorCode } from '../host-error.ts';
import { MemorySource } from '../testing/memory-source.ts';
import { get, post, withHost } from '../testing/with-host.ts';

const span = (trace_id: string, span_id: string, session?: string, more: object = {}): object => ({
  type: 'span',
  trace_id,
  span_id,
  started_at: '2025-01-01T00:00:00Z',
  data: session === undefined ? {} : { 'gen_ai.conversation.id': session, 'gen_ai.request.model': 'gpt-x' },
  ...more,
});

async function lines(response: Response): Promise<readonly unknown[]> {
  return (await response.text())
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

it('lists sessions by page, and by what they are filtered by', async () => {
  await withHost({}, async (host) => {
    await post(host, '/ingest', {
      batch: [
        span('t', 'a', 'first'),
        span('u', 'b', 'second', { ended_at: '2025-01-01T00:00:09Z', status: 'error' }),
        span('v', 'c'),
      ],
    });
    const page = await get(host, '/api/sessions?limit=2');
    expect(page).toMatchObject({
      sessions: [{ id: 'second', spanCount: 1, errorCount: 1, models: ['gpt-x'] }, { id: 'first' }],
      next: expect.any(String),
    });
    const { next } = Object(page);
    expect(await get(host, `/api/sessions?limit=2&cursor=${String(next)}`)).toMatchObject({
      sessions: [{ id: 'v' }],
    });
    expect(await get(host, '/api/sessions?text=SEC')).toMatchObject({ sessions: [{ id: 'second' }] });
    expect(await get(host, '/api/sessions?model=gpt-x&to=1&compacted=false')).toEqual({ sessions: [] });
    expect(await get(host, '/api/facets')).toMatchObject({
      sessions: 3,
      models: [{ value: 'gpt-x', sessions: 2 }],
      complete: true,
    });
  });
});

it.each(['limit=0', 'limit=', 'from=x', 'compacted=maybe', 'cursor=!', 'nothing=1'])(
  'refuses the query %s',
  async (query) => {
    await withHost({}, async (host) => {
      const response = await fetch(`${host.url}/api/sessions?${query}`);
      expect([response.status, await response.json()]).toMatchObject([400, { message: expect.any(String) }]);
    });
  },
);

it('streams a session whole, a message in each line, also when it fills many pieces', async () => {
  await withHost({}, async (host) => {
    const text = 'ü\n"'.repeat(300);
    for (let from = 0; from < 2500; from += 100) {
      const batch = Array.from({ length: 100 }, (_, index) =>
        span(`t${from}`, `s${from + index}`, index === 0 ? 'one' : undefined, { name: text }),
      );
      await post(host, '/ingest', { batch });
    }
    await post(host, '/ingest', { type: 'trace', trace_id: 't0', name: 'a name' });
    await post(host, '/ingest', span('other', 'x', 'other'));
    const response = await fetch(`${host.url}/api/sessions/one/spans`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const [trace, ...spans] = await lines(response);
    expect(trace).toMatchObject({ type: 'trace', traceId: 't0', name: 'a name' });
    expect(spans.map((message) => String(Object(message)['id']))).toEqual(
      Array.from({ length: 2500 }, (_, index) => `s${index}`),
    );
    expect(spans[0]).toMatchObject({ type: 'span', name: text, cursor: expect.any(Number) });
    expect((await fetch(`${host.url}/api/sessions/none/spans`)).status).toBe(404);
  });
});

it('reads another source where it is given one, and closes it with the host', async () => {
  const source = new MemorySource();
  source.write([
    { traceId: 't', id: 's', name: 'chat', attrs: { 'gen_ai.conversation.id': 'far' }, source: 'otlp' },
  ]);
  await withHost({ source }, async (host) => {
    await post(host, '/ingest', span('u', 'b', 'near'));
    expect(await get(host, '/api/sessions')).toMatchObject({ sessions: [{ id: 'far' }] });
    const response = await fetch(`${host.url}/api/sessions/far/spans`);
    expect(await lines(response)).toMatchObject([{ type: 'span', id: 's', name: 'chat' }]);
    expect(host.stats().spans).toBe(1);
  });
  const next = source.follow({}, new AbortController().signal)[Symbol.asyncIterator]().next();
  await expect(next).rejects.toThrow(/abort/i);
});

it.each<[SourceErrorCode, number]>([
  ['source_unreachable', 502],
  ['source_answer', 502],
  ['source_unsupported', 400],
])('answers the failure %s of a source with %d', async (code, status) => {
  class Failing extends MemorySource {
    override listSessions(): never {
      throw new HostError({ code, message: 'the backend is down' });
    }
  }
  await withHost({ source: new Failing() }, async (host) => {
    for (const path of ['/api/sessions', '/api/facets']) {
      const response = await fetch(host.url + path);
      expect([response.status, await response.json()]).toEqual([
        status,
        { error: code, message: 'the backend is down' },
      ]);
    }
  });
});
