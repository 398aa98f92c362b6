import type { RunStreamEvent } from '@openai/agents-core';
import { readSource } from './read-source.ts';
import type { SseReading } from './read-source.ts';
import type { StreamedRun } from './run-reader.ts';
import { sseOfRunEvent } from './sse-of-run-event.ts';
import type { SseContent } from './sse-of-run-event.ts';
import type { SseRecord } from './sse-record.ts';
import type { SseReplay } from './sse-replay.ts';
import { SseSource } from './sse-source.ts';

export type SseOptions = SseContent &
  Partial<SseReading> & {
    /** What a client is told of an event. Default: `sseOfRunEvent`. */
    readonly encode?: ((event: RunStreamEvent) => SseRecord | undefined) | undefined;
    /** Aborted where the client has gone: give its signal to the run, so that what a tool has begun stops as well. */
    readonly controller?: AbortController | undefined;
    /** Lets a client that lost its connection go on: `replay.resume(runId, lastEventId)`. */
    readonly replay?: SseReplay | undefined;
    /** The name under which it comes back. Needed with `replay`. */
    readonly runId?: string | undefined;
  };

/** The headers of a response with server-sent events. */
export const sseHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // nginx would hold it back until it has a buffer full.
  'x-accel-buffering': 'no',
};

const nothingStays = { maxRecords: 1, maxBytes: 0 };

/**
 * A streamed run as the body of a response with server-sent events: `new Response(toSse(result), { headers: sseHeaders
 * })`. The run is read as fast as the client reads, and given up where the client goes away; with `replay`, where it
 * does not come back. The last event is `done`, or `error` with the name of what went wrong.
 */
export function toSse(run: StreamedRun, options: SseOptions = {}): ReadableStream<Uint8Array> {
  const { items, controller, replay, runId, heartbeatMillis = 15_000, retryMillis, signal } = options;
  const { encode = (event: RunStreamEvent) => sseOfRunEvent(event, { items }) } = options;
  const source = new SseSource(run, {
    encode,
    limits: replay?.limits ?? nothingStays,
    graceMillis: replay?.graceMillis ?? 0,
    onAbandoned: (reason) => controller?.abort(reason),
  });
  replay?.keep(runId, source);
  return readSource(source, 0, { heartbeatMillis, retryMillis, signal });
}
