import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { post, withHost } from './testing/with-host.ts';

// Whatever bytes come, the host answers, does not fail, and goes on.

const json = 'application/json';
const proto = 'application/x-protobuf';

const span = { type: 'span', trace_id: 't', span_id: 's', data: { a: [1, { b: null }] } };
const otlp = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'x' } }] },
      scopeSpans: [
        { spans: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), name: 'n', attributes: [] }] },
      ],
    },
  ],
};

/** Something that a sender could have meant, with some of it changed. */
const twisted = fc
  .tuple(fc.constantFrom<object>(span, { batch: [span] }, otlp), fc.nat(), fc.jsonValue(), fc.string())
  .map(([valid, at, value, key]) => {
    const text = JSON.stringify(valid);
    const places = [...text.matchAll(/"[^"]*"|\d+|null|\[\]|\{/g)];
    const place = places[at % places.length];
    if (place === undefined) return text;
    const put =
      place[0] === '{' ? `{${JSON.stringify(key)}:${JSON.stringify(value)},` : JSON.stringify(value);
    return text.slice(0, place.index) + put + text.slice(place.index + place[0].length);
  });

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
  fc.json().map((text) => Buffer.from(text)),
  twisted.map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
);

const request = fc.record({
  path: fc.constantFrom('/ingest', '/v1/traces'),
  type: fc.constantFrom(json, proto, 'text/plain', ''),
  body: fc.oneof(
    bytes,
    bytes.map((body) => gzipSync(body)),
  ),
  encoding: fc.constantFrom('identity', 'gzip'),
  prefer: fc.constantFrom('', 'handling=lenient'),
});

it('answers any bytes with 200 or 4xx, save what Ariadne answers with 500, and goes on', async () => {
  await withHost({}, async (host) => {
    await fc.assert(
      fc.asyncProperty(request, async ({ path, type, body, encoding, prefer }) => {
        const headers = { 'content-type': type, 'content-encoding': encoding, prefer };
        const response = await post(host, path, body, headers);
        const answer = Buffer.from(await response.arrayBuffer());
        const isAriadnes = path === '/ingest' && prefer === '' && response.status === 500;
        if (isAriadnes)
          expect(JSON.parse(answer.toString())).toMatchObject({ message: 'The body is not JSON.' });
        else
          expect(response.status).toSatisfy(
            (status: number) => status === 200 || (status >= 400 && status < 500),
          );
      }),
      { numRuns: 150 },
    );
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
    const page = z
      .object({ spans: z.array(z.unknown()) })
      .parse(await (await fetch(`${host.url}/api/spans`)).json());
    expect(page.spans).toHaveLength(host.stats().spans);
  });
});

it('answers any query with 200 or 4xx', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('1', '-1', 'NaN', '%', '\0'),
  );
  const names = [
    'limit',
    'cursor',
    'session',
    'text',
    'service',
    'from',
    'to',
    'compacted',
    'since',
    'kinds',
    'x',
  ];
  const query = fc.dictionary(fc.constantFrom(...names), text, { maxKeys: 3 });
  const paths = [
    '/api/sessions',
    '/api/traces',
    '/api/spans',
    '/api/facets',
    '/api/sessions/x/spans',
    '/api/traces/x',
  ];
  await withHost({}, async (host) => {
    await post(host, '/ingest', span);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), text, query, async (path, id, params) => {
        const filled = path.replace('/x', `/${encodeURIComponent(id)}`);
        const response = await fetch(`${host.url}${filled}?${String(new URLSearchParams(params))}`);
        await response.arrayBuffer();
        expect(response.status).toSatisfy(
          (status: number) => status === 200 || (status >= 400 && status < 500),
        );
      }),
      { numRuns: 100 },
    );
  });
});
