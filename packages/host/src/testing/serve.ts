import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly contentType?: string;
};

export type Served = { readonly url: string; readonly close: () => Promise<void> };

/** A server on a free port of loopback. What its handler throws is answered with status 500. */
export async function serve(
  handle: (request: IncomingMessage, url: URL) => Promise<Answer> | Answer,
): Promise<Served> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    void answerOf(async () => handle(request, url)).then(
      ({ status, body, contentType = 'application/json' }) =>
        response
          .writeHead(status, { 'content-type': contentType })
          .end(typeof body === 'string' ? body : JSON.stringify(body)),
    );
  });
  const port = await new Promise<number>((done) => {
    server.listen(0, '127.0.0.1', () => done(z.object({ port: z.number() }).parse(server.address()).port));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answerOf(handle: () => Promise<Answer>): Promise<Answer> {
  try {
    return await handle();
  } catch (error) {
    return { status: 500, body: String(error), contentType: 'text/plain' };
  }
}
