import { randomUUID } from 'node:crypto';
import { parseEvent } from '../archive-event.ts';
import type { ArchiveEvent } from '../archive-event.ts';
import type { S3Bucket } from './s3-bucket.ts';

/** Events that are remembered: they never change. */
const maxKnown = 5000;
/** Events that are fetched at once. */
const concurrency = 8;

/** What was stored where, one object for each event, in the order of its key: the time, then a number. */
export class S3Events {
  readonly #bucket: S3Bucket;
  readonly #now: () => number;
  readonly #known = new Map<string, ArchiveEvent>();
  #count = 0;

  constructor(bucket: S3Bucket, now: () => number) {
    this.#bucket = bucket;
    this.#now = now;
  }

  async append(folder: string, event: ArchiveEvent, signal: AbortSignal): Promise<void> {
    this.#count += 1;
    const time = String(this.#now()).padStart(15, '0');
    const key = `${folder}events/${time}-${String(this.#count).padStart(8, '0')}-${randomUUID()}.json`;
    const body = Buffer.from(`${JSON.stringify(event)}\n`, 'utf8');
    await this.#bucket.put({ key, body, contentType: 'application/json', onlyIfAbsent: false }, signal);
    this.#remember(key, event);
  }

  async *list(folder: string, signal: AbortSignal): AsyncIterable<ArchiveEvent> {
    for await (const keys of this.#bucket.keys(`${folder}events/`, signal)) {
      for (let from = 0; from < keys.length; from += concurrency) {
        const some = keys.slice(from, from + concurrency);
        const events = await Promise.all(some.map((key) => this.#event(key, signal)));
        for (const event of events) if (event !== undefined) yield event;
      }
    }
  }

  async #event(key: string, signal: AbortSignal): Promise<ArchiveEvent | undefined> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const text = await this.#bucket.get(key, signal);
    const event = text === undefined ? undefined : parseEvent(text);
    if (event === undefined || event.step === 'removed') return undefined;
    this.#remember(key, event);
    return event;
  }

  #remember(key: string, event: ArchiveEvent): void {
    this.#known.set(key, event);
    const [oldest] = this.#known.keys();
    if (this.#known.size > maxKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}
