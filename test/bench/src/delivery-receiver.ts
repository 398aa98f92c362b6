/* oxlint-disable unicorn/require-post-message-target-origin -- a thread is no window */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { parentPort } from 'node:worker_threads';

// A receiver in a thread of its own, so that it takes no time of the one that is measured. It counts spans and bytes.

let spans = 0;
let largest = 0;
let withoutLength = 0;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('latin1');
    spans += body.split(markOf(request)).length - 1;
    largest = Math.max(largest, body.length);
    withoutLength += request.headers['content-length'] === undefined ? 1 : 0;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});

/** What stands once in each span: Protocol Buffers have no words, but all spans here are of one trace, `aa…`. */
function markOf({ url, headers }: IncomingMessage): string {
  if (url === '/ingest') return '"type":"span"';
  return headers['content-type'] === 'application/json' ? '"spanId":' : '\u00aa'.repeat(16);
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  parentPort?.postMessage({ port: typeof address === 'object' ? address?.port : undefined });
});
parentPort?.on('message', () => {
  parentPort?.postMessage({ spans, largest, withoutLength });
  [spans, largest, withoutLength] = [0, 0, 0];
});
