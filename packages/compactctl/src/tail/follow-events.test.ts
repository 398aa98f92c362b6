import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { followEvents } from './follow-events.ts';

it('goes on behind the last event after a lost connection, as often as it takes', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const last = request.headers['last-event-id'];
    asked.push(Array.isArray(last) ? last[0] : last);
    if (asked.length === 2) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const from = Number(last ?? 0);
    response.write(`id: ${from + 1}\ndata: ${from + 1}\n\n: beat\n\nid: ${from + 2}\ndata: ${from + 2}\n\n`);
    setTimeout(() => response.destroy(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const abort = new AbortController();
  const lost: number[] = [];
  const told: string[] = [];
  const events = followEvents(new URL(`http://127.0.0.1:${port}/`), {
    signal: abort.signal,
    onLost: (_, millis) => void lost.push(millis),
    wait: () => Promise.resolve(),
  });
  for await (const data of events) {
    told.push(data);
    if (told.length === 6) abort.abort();
  }
  server.closeAllConnections();
  server.close();
  expect(told).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(asked.slice(0, 4)).toEqual([undefined, '2', '2', '4']);
  expect(lost.slice(0, 3)).toEqual([500, 1000, 500]);
});
