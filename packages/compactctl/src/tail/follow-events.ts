import { EventSourceParserStream } from 'eventsource-parser/stream';
import { UsageError } from '../usage-error.ts';

export type FollowOptions = {
  readonly signal: AbortSignal;
  /** Told when the stream is lost, and before each new try. */
  readonly onLost: (reason: string, retryMillis: number) => void;
  readonly wait: (millis: number, signal: AbortSignal) => Promise<void>;
};

const firstRetryMillis = 500;
const longestRetryMillis = 10_000;

/**
 * The data of each event of a stream, across lost connections: it goes on behind the last event that had an id.
 * Ends when the signal aborts.
 *
 * @throws UsageError where the first try finds no stream at the address
 */
export async function* followEvents(url: URL, options: FollowOptions): AsyncGenerator<string> {
  const { signal, onLost, wait } = options;
  let lastId: string | undefined;
  let retryMillis = firstRetryMillis;
  let wasThere = false;
  while (!signal.aborted) {
    let reason = 'the stream ended';
    try {
      for await (const { id, data } of await open(url, lastId, signal)) {
        wasThere = true;
        retryMillis = firstRetryMillis;
        lastId = id ?? lastId;
        yield data;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!wasThere) {
        const said = error instanceof Error ? error.message : String(error);
        throw new UsageError(
          `${url.href} gives no stream of events: ${said}. Is it the address of a running viewer?`,
        );
      }
      reason = String(error);
    }
    if (signal.aborted) return;
    onLost(reason, retryMillis);
    await wait(retryMillis, signal);
    retryMillis = Math.min(longestRetryMillis, retryMillis * 2);
  }
}

async function open(url: URL, lastId: string | undefined, signal: AbortSignal) {
  const headers = {
    accept: 'text/event-stream',
    ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
  };
  const response = await fetch(url, { headers, signal });
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok || response.body === null || !type.startsWith('text/event-stream')) {
    await response.body?.cancel();
    throw new Error(`it answered ${response.status} with ${type === '' ? 'no content type' : type}`);
  }
  return response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
}
