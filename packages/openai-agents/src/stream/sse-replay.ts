import { CompactError, parseOptions } from '@clew/core';
import { z } from 'zod';
import { readSource } from './read-source.ts';
import type { SseReading } from './read-source.ts';
import type { SseLimits, SseSource } from './sse-source.ts';

const Options = z.strictObject({
  maxRecords: z.number().int().positive().default(1000),
  maxBytes: z.number().int().positive().default(1_048_576),
  graceMillis: z.number().int().nonnegative().default(30_000),
  maxRuns: z.number().int().positive().default(1000),
});
export type SseReplayOptions = {
  /** How many events of a run stay for a client that comes back. Default 1000. */
  readonly maxRecords?: number;
  /** How many bytes of them. Default 1 MiB. */
  readonly maxBytes?: number;
  /** How long a run waits for its client, and stays behind its end, in milliseconds. Default 30,000. */
  readonly graceMillis?: number;
  /** How many runs are held; then the oldest can no longer be resumed. Default 1000. */
  readonly maxRuns?: number;
};

export type Resumed =
  | { readonly kind: 'stream'; readonly stream: ReadableStream<Uint8Array> }
  /** The client has it all: answer 204, which tells an `EventSource` to stop. */
  | { readonly kind: 'over' }
  /** Nobody knows the run, or what it missed has left the buffer: it must read the conversation anew. */
  | { readonly kind: 'lost' };

/** Runs whose clients may come back, with the last of what each was sent. */
export class SseReplay {
  readonly limits: SseLimits;
  readonly graceMillis: number;
  readonly #maxRuns: number;
  readonly #sources = new Map<string, SseSource>();

  /** @throws CompactError `invalid_options` */
  constructor(options: SseReplayOptions = {}) {
    const { maxRecords, maxBytes, graceMillis, maxRuns } = parseOptions(
      Options,
      options,
      'The options of SseReplay',
    );
    this.limits = { maxRecords, maxBytes };
    this.graceMillis = graceMillis;
    this.#maxRuns = maxRuns;
  }

  /** Whether a run is held: its client is back, perhaps before it was sent anything. */
  has(runId: string): boolean {
    return this.#sources.has(runId);
  }

  /** @param lastEventId the header `Last-Event-ID`; empty where the client has nothing yet */
  resume(runId: string, lastEventId: string, options: Partial<SseReading> = {}): Resumed {
    const source = this.#sources.get(runId);
    const position = source?.behind(lastEventId) ?? 'lost';
    if (source === undefined || position === 'lost') return { kind: 'lost' };
    if (source.isOverBehind(position)) return { kind: 'over' };
    const { heartbeatMillis = 15_000, retryMillis, signal } = options;
    return { kind: 'stream', stream: readSource(source, position, { heartbeatMillis, retryMillis, signal }) };
  }

  /**
   * Holds on to a run.
   * @throws CompactError `invalid_options` without a name of its own
   */
  keep(runId: string | undefined, source: SseSource): void {
    if (runId === undefined || runId === '' || this.#sources.has(runId)) {
      throw invalid(
        `toSse with a replay needs a runId that no other run has, got ${JSON.stringify(runId) ?? 'nothing'}.`,
      );
    }
    this.#sources.set(runId, source);
    const [oldest] = this.#sources.keys();
    if (this.#sources.size > this.#maxRuns && oldest !== undefined) this.#sources.delete(oldest);
    source.onEnd(() => {
      const timer: { unref?: () => void } = setTimeout(() => this.#forget(runId, source), this.graceMillis);
      timer.unref?.();
    });
  }

  #forget(runId: string, source: SseSource): void {
    if (this.#sources.get(runId) === source) this.#sources.delete(runId);
  }
}

function invalid(message: string): CompactError {
  return new CompactError({ code: 'invalid_options', message });
}
