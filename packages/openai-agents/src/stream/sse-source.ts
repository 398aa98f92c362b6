import type { RunStreamEvent } from '@openai/agents-core';
import { readerOf } from './run-reader.ts';
import type { RunReader, StreamedRun } from './run-reader.ts';
import { compactionIn } from './run-stream-event.ts';
import { encodeRecord } from './sse-record.ts';
import type { SseRecord } from './sse-record.ts';

export type SseLimits = { readonly maxRecords: number; readonly maxBytes: number };

export type SseSourceOptions = {
  readonly encode: (event: RunStreamEvent) => SseRecord | undefined;
  /** What stays for those who come back. */
  readonly limits: SseLimits;
  /** Told once when the run was given up because nobody reads it any more. */
  readonly onAbandoned: (reason: unknown) => void;
  /** How long it waits for somebody to come back, in milliseconds. */
  readonly graceMillis: number;
};

type Entry = { readonly id: string; readonly bytes: Uint8Array };

/**
 * A run as server-sent events, read from as fast as the fastest of its readers and no faster. The last of them stay for
 * a reader who comes back.
 *
 * Ids count the run's own events. A compaction's is that of the event before it with a number behind the dot: to a
 * client that passes compactions by, the stream is the same to the byte whether there are any or not.
 */
export class SseSource {
  readonly #reader: RunReader;
  readonly #options: SseSourceOptions;
  readonly #entries: Entry[] = [];
  /** Position of the first entry that is still held. */
  #first = 0;
  #bytes = 0;
  #number = 0;
  #inserted = 0;
  #isDone = false;
  #isAbandoned = false;
  #pulling: Promise<void> | undefined;
  #readers = 0;
  #ended = () => {};
  #abandoning: ReturnType<typeof setTimeout> | undefined;

  constructor(run: StreamedRun, options: SseSourceOptions) {
    this.#reader = readerOf(run);
    this.#options = options;
  }

  /** Told once, when nothing more will come. */
  onEnd(listener: () => void): void {
    this.#ended = listener;
  }

  /** The entry at a position, when it is there; `end` behind the last, `lost` where it has left the buffer. */
  async at(position: number): Promise<Uint8Array | 'end' | 'lost'> {
    while (position >= this.#end) {
      if (this.#isDone) return 'end';
      await (this.#pulling ??= this.#pull().finally(() => (this.#pulling = undefined)));
    }
    return this.#entries[position - this.#first]?.bytes ?? 'lost';
  }

  /** The position behind the event with this id; from the start where none is told. A run that was given up has no rest. */
  behind(lastEventId: string): number | 'lost' {
    if (this.#isAbandoned) return 'lost';
    if (lastEventId === '') return this.#first === 0 ? 0 : 'lost';
    const index = this.#entries.findIndex(({ id }) => id === lastEventId);
    return index === -1 ? 'lost' : this.#first + index + 1;
  }

  isOverBehind(position: number): boolean {
    return this.#isDone && position >= this.#end;
  }

  enter(): void {
    clearTimeout(this.#abandoning);
    this.#readers += 1;
  }

  leave(reason: unknown): void {
    this.#readers -= 1;
    if (this.#readers > 0 || this.#isDone) return;
    const { graceMillis } = this.#options;
    if (graceMillis <= 0) return this.#abandon(reason);
    this.#abandoning = setTimeout(() => this.#abandon(reason), graceMillis);
    // A process that has nothing else to do need not wait for it.
    (this.#abandoning as { unref?: () => void }).unref?.();
  }

  get #end(): number {
    return this.#first + this.#entries.length;
  }

  async #pull(): Promise<void> {
    try {
      const event = await this.#reader.next();
      if (this.#isDone) return;
      if (event === undefined) return this.#finish({ event: 'done', data: { type: 'done' } });
      const record = this.#options.encode(event);
      if (record !== undefined) this.#append(record, compactionIn(event) !== undefined);
    } catch (error) {
      if (this.#isDone) return;
      // Its message may quote a provider, and a provider the prompt.
      const name = error instanceof Error ? error.name : 'Error';
      this.#finish({ event: 'error', data: { type: 'error', error: { name } } });
      await this.#reader.cancel(error);
    }
  }

  #finish(record: SseRecord): void {
    this.#append(record, false);
    this.#isDone = true;
    this.#ended();
  }

  #append(record: SseRecord, isInserted: boolean): void {
    this.#inserted = isInserted ? this.#inserted + 1 : 0;
    if (!isInserted) this.#number += 1;
    const id = isInserted ? `${this.#number}.${this.#inserted}` : String(this.#number);
    const bytes = encodeRecord(record, id);
    this.#entries.push({ id, bytes });
    this.#bytes += bytes.length;
    const { maxRecords, maxBytes } = this.#options.limits;
    // The newest stays, however large: somebody waits for it.
    while (
      this.#entries.length > Math.max(1, maxRecords) ||
      (this.#bytes > maxBytes && this.#entries.length > 1)
    ) {
      this.#bytes -= this.#entries.shift()?.bytes.length ?? 0;
      this.#first += 1;
    }
  }

  #abandon(reason: unknown): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#isAbandoned = true;
    this.#ended();
    void this.#reader.cancel(reason);
    this.#options.onAbandoned(reason);
  }
}
