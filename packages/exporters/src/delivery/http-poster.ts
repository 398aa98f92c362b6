import * as http from 'node:http';
import * as https from 'node:https';

export type Answer =
  | {
      readonly status: number;
      readonly retryAfter: string | undefined;
      readonly location: string | undefined;
      readonly body: Buffer;
    }
  /** There was none. */
  | { readonly failure: string };

/** What proves who speaks, and to whom, as PEM. */
export type TlsOptions = {
  readonly ca?: string | Buffer | undefined;
  readonly cert?: string | Buffer | undefined;
  readonly key?: string | Buffer | undefined;
};

/** Sends bodies to one address. Contract: no method rejects, and each answers within its time limit. */
export interface Poster {
  post(body: Buffer, signal: AbortSignal): Promise<Answer>;
  /** Asks another path of the same server. */
  get(url: URL, signal: AbortSignal): Promise<Answer>;
  close(): void;
}

export type PosterOptions = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMillis: number;
  readonly tls?: TlsOptions | undefined;
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

/**
 * Posts over one kept connection, always with a Content-Length: a chunked body would pass a receiver's size check. It
 * follows no redirect, which might hand the headers to somebody else.
 */
export function createPoster({ url, headers, timeoutMillis, tls = {} }: PosterOptions): Poster {
  const { Agent, request } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ...tls });

  const send = (to: URL, body: Buffer | undefined, signal: AbortSignal): Promise<Answer> =>
    new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        resolve(answer);
      };
      let hasStatus = false;
      const outgoing = request(
        to,
        {
          method: body === undefined ? 'GET' : 'POST',
          agent,
          headers: body === undefined ? headers : { ...headers, 'content-length': body.length },
        },
        (incoming) => {
          hasStatus = true;
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
      outgoing.on('error', (error) => {
        // With a status, whoever reads the answer settles it.
        if (!hasStatus) settle({ failure: reasonOf(error) });
      });
      outgoing.end(body);
      if (signal.aborted) {
        abort();
      }
    });

  return {
    post: (body, signal) => send(url, body, signal),
    get: (to, signal) => send(to, undefined, signal),
    close: () => agent.destroy(),
  };
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
      location: incoming.headers.location,
      body: Buffer.concat(chunks),
    }),
  );
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
