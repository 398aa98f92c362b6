import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Host } from './host.ts';
import { HostLimits } from './limits.ts';
import { post, withHost } from './testing/with-host.ts';

const span = { type: 'span', trace_id: 't', span_id: 's' };

async function open(host: Host, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.on('error', () => undefined);
  socket.write(text);
  return socket;
}

/** What comes until the other side closes the connection. */
async function untilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)));
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

it('gives every limit a default and a word on what is beyond it', () => {
  const limits = HostLimits.parse({});
  for (const [name, field] of Object.entries(HostLimits.shape)) {
    expect(limits).toHaveProperty(name, expect.any(Number));
    expect(field.description).toMatch(/\w/);
  }
});

it('closes a connection whose headers or whose body do not arrive in time, and serves the others', async () => {
  await withHost({ limits: { headersMillis: 200, requestMillis: 400 } }, async (host) => {
    const head = 'POST /ingest HTTP/1.1\r\nHost: localhost\r\n';
    const slowHeaders = await open(host, head);
    const slowBody = await open(host, `${head}Content-Length: 500\r\n\r\n{"type":`);
    expect((await post(host, '/ingest', span)).status).toBe(200);
    const answers = await Promise.all([untilClosed(slowHeaders), untilClosed(slowBody)]);
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(host.stats().spans).toBe(1);
  });
});

it('closes one connection more than there may be', async () => {
  await withHost({ limits: { connections: 2 } }, async (host) => {
    const idle = [await open(host, ''), await open(host, '')];
    await sleep(50);
    expect(await untilClosed(await open(host, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'))).toBe('');
    for (const socket of idle) socket.destroy();
    await expect
      .poll(() =>
        fetch(`${host.url}/healthz`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });
});

it('holds so many bytes of bodies at one time, and asks for the next to be sent again', async () => {
  await withHost({ limits: { heldBytes: 100_000 } }, async (host) => {
    const half = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n`;
    const slow = await open(host, half + ' '.repeat(80_000));
    await sleep(100);
    const refused = await post(host, '/v1/traces', `{}${' '.repeat(50_000)}`);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
      503,
      '1',
      { code: 14, message: expect.stringMatching(/limits\.heldBytes/) },
    ]);
    const ariadne = await post(host, '/ingest', JSON.stringify(span) + ' '.repeat(50_000));
    expect([ariadne.status, await ariadne.json()]).toMatchObject([
      503,
      { message: expect.stringMatching(/heldBytes/) },
    ]);
    slow.write(`{}${' '.repeat(9998)}`);
    await sleep(100);
    expect((await post(host, '/v1/traces', `{}${' '.repeat(50_000)}`)).status).toBe(200);
    slow.destroy();
  });
});
