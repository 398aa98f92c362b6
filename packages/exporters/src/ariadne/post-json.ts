import * as http from 'node:http';
import * as https from 'node:https';

export type Answer =
  | { readonly status: number; readonly retryAfter: string | undefined; readonly text: string }
  /** There was none. */
  | { readonly failure: string };

/** Sends bodies to one address. Contract: `post` never rejects, and answers within its time limit. */
export interface Poster {
  post(body: Buffer, signal: AbortSignal): Promise<Answer>;
  close(): void;
}

export type PosterOptions = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMillis: number;
};

/** Whether a request would take them: it throws on those that it does not. */
export function areHeaders(headers: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      http.validateHeaderName(name);
      http.validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}

/** More of an answer than this is not read. */
const maxAnswerBytes = 65_536;

/** Posts over one kept connection, always with a Content-Length: a chunked body would pass a receiver's size check. */
export function createPoster({ url, headers, timeoutMillis }: PosterOptions): Poster {
  const { Agent, request } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  const post = (body: Buffer, signal: AbortSignal): Promise<Answer> =>
    new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        resolve(answer);
      };
      const outgoing = request(
        url,
        {
          method: 'POST',
          agent,
          headers: { ...headers, 'content-type': 'application/json', 'content-length': body.length },
        },
        (incoming) => {
          read(incoming, settle);
        },
      );
      const abort = (): void => {
        outgoing.destroy(new Error('stopped'));
      };
      const timer = setTimeout(
        () => outgoing.destroy(new Error(`no answer within ${timeoutMillis} ms`)),
        timeoutMillis,
      );
      timer.unref();
      signal.addEventListener('abort', abort);
      outgoing.on('error', (error) => settle({ failure: reasonOf(error) }));
      outgoing.end(body);
      if (signal.aborted) {
        abort();
      }
    });

  return { post, close: () => agent.destroy() };
}

/** Reads the answer to its end, so that the connection can be used again, but keeps only the beginning. */
function read(incoming: http.IncomingMessage, settle: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxAnswerBytes) {
      chunks.push(chunk);
    } else {
      incoming.destroy();
    }
  });
  // Closed too early or not: the status has come, and it says what happened.
  incoming.on('error', () => {});
  incoming.on('close', () =>
    settle({
      status: incoming.statusCode ?? 0,
      retryAfter: incoming.headers['retry-after'],
      text: Buffer.concat(chunks).toString('utf8'),
    }),
  );
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
