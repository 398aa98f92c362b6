import { encodeRecord, encodeRetry, heartbeat } from './sse-record.ts';
import type { SseSource } from './sse-source.ts';

export type SseReading = {
  /** A comment is sent where nothing else was for so long, in milliseconds. 0 turns it off. */
  readonly heartbeatMillis: number;
  /** How long a client is told to wait before it comes back, in milliseconds. */
  readonly retryMillis?: number | undefined;
  /** The client has gone. */
  readonly signal?: AbortSignal | undefined;
};

/** One reader's way through a source. Nothing is taken from it that was not asked for. */
export function readSource(
  source: SseSource,
  from: number,
  { heartbeatMillis, retryMillis, signal }: SseReading,
): ReadableStream<Uint8Array> {
  let position = from;
  let isOver = false;
  const leave = (reason: unknown) => {
    if (isOver) return;
    isOver = true;
    signal?.removeEventListener('abort', abort);
    source.leave(reason);
  };
  let close = () => {};
  const abort = () => {
    if (isOver) return;
    leave(signal?.reason);
    close();
  };
  source.enter();
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        // Once only: a stream that is closed cannot be closed again.
        close = () => controller.close();
        if (retryMillis !== undefined) controller.enqueue(encodeRetry(retryMillis));
        if (signal?.aborted === true) return abort();
        signal?.addEventListener('abort', abort, { once: true });
      },
      pull: async (controller) => {
        const next = await orBeat(source.at(position), heartbeatMillis);
        if (isOver) return;
        if (next === 'beat') return controller.enqueue(heartbeat);
        if (next instanceof Uint8Array) {
          position += 1;
          return controller.enqueue(next);
        }
        if (next === 'lost') {
          const data = { type: 'error', error: { name: 'EventsLost' } };
          controller.enqueue(encodeRecord({ event: 'error', data }, 'lost'));
        }
        leave(undefined);
        controller.close();
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}

async function orBeat<TValue>(work: Promise<TValue>, millis: number): Promise<TValue | 'beat'> {
  if (millis <= 0) return work;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const beat = new Promise<'beat'>((resolve) => {
    timer = setTimeout(() => resolve('beat'), millis);
  });
  try {
    return await Promise.race([work, beat]);
  } finally {
    clearTimeout(timer);
  }
}
