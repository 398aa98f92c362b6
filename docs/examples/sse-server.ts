import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { chat } from './chat-endpoint.ts';

const page = await readFile(new URL('chat-page.html', import.meta.url));

/** A chat for a browser: the page at `/`, and its answers at `/chat`. */
export function createChatServer(): Server {
  return createServer((request, response) => {
    // A client that goes away is no error.
    answer(request, response).catch(() => response.destroy());
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== '/chat') {
    response.writeHead(url.pathname === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(url.pathname === '/' ? page : 'Not found');
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const last = request.headers['last-event-id'];
  const headers = new Headers(typeof last === 'string' ? { 'last-event-id': last } : {});
  const { searchParams: query } = url;
  const asked = new Request(url, { headers, signal: gone.signal });
  const answered = await chat(asked, query.get('session') ?? '', query.get('run') ?? '');
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (answered.body === null) response.end();
  else await pipeline(answered.body, response);
}
