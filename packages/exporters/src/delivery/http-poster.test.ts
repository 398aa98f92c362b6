import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createPoster } from './http-poster.ts';
import type { Poster } from './http-poster.ts';

const closing: (() => void)[] = [];
const never = new AbortController().signal;
const body = Buffer.from('{"batch":[]}');

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function posterTo(listener: RequestListener, timeoutMillis = 2000): Promise<Poster> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const poster = createPoster({
    url: new URL(`http://127.0.0.1:${port}/ingest`),
    headers: { 'x-key': 'k', 'content-type': 'application/json' },
    timeoutMillis,
  });
  closing.push(() => {
    poster.close();
    server.closeAllConnections();
    server.close();
  });
  return poster;
}

test('posts JSON with its length and the given headers, over one connection', async () => {
  const seen: unknown[] = [];
  const poster = await posterTo((request, response) => {
    const { 'content-length': length, 'content-type': type, 'x-key': key } = request.headers;
    seen.push([request.method, request.url, length, type, key, request.socket.remotePort]);
    request.resume().on('end', () => response.end('{}'));
  });
  expect(await poster.post(body, never)).toMatchObject({
    status: 200,
    retryAfter: undefined,
    body: Buffer.from('{}'),
  });
  await poster.post(body, never);
  expect(seen[0]).toEqual(['POST', '/ingest', '12', 'application/json', 'k', expect.any(Number)]);
  expect(seen[1]).toEqual(seen[0]);
});

test('reads only the beginning of a long answer', async () => {
  const poster = await posterTo((_request, response) => {
    response.writeHead(503, { 'retry-after': '4' }).end('x'.repeat(5_000_000));
  });
  const answer = await poster.post(body, never);
  expect(answer).toMatchObject({ status: 503, retryAfter: '4' });
  expect('body' in answer && answer.body.length).toBeLessThanOrEqual(65_536);
});

test('believes a status whose answer was cut off', async () => {
  const poster = await posterTo((_request, response) => {
    response.writeHead(400, { 'content-length': 100 }).write('half');
    setTimeout(() => response.destroy(), 20);
  });
  expect(await poster.post(body, never)).toMatchObject({ status: 400, body: Buffer.from('half') });
});

test('tells why there was no answer: the time limit, the stop, or the code of the system', async () => {
  const poster = await posterTo(() => {}, 50);
  expect(await poster.post(body, never)).toEqual({ failure: 'no answer within 50 ms' });
  expect(await poster.post(body, AbortSignal.abort())).toEqual({ failure: 'stopped' });
  const elsewhere = createPoster({ url: new URL('http://127.0.0.1:1/'), headers: {}, timeoutMillis: 500 });
  expect(await elsewhere.post(body, never)).toEqual({ failure: 'ECONNREFUSED' });
  elsewhere.close();
});
