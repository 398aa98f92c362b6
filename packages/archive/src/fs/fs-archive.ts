import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { itemRef } from '@clew/core';
import type {
  ArchiveContent,
  ArchiveEntry,
  ArchiveReceipt,
  ArchivedObject,
  ReadableArchive,
} from '@clew/core';
import type { Redactor } from '@clew/redaction';
import { eventOf, objectOf, parseEvent } from '../archive-event.ts';
import { encodeEntry } from '../encode-entry.ts';
import { objectNames } from '../object-name.ts';
import { findObject, missingError, openObject } from '../read-object.ts';
import { appendLines } from './append-lines.ts';
import { codeOf } from './error-code.ts';
import { placeFile } from './place-file.ts';
import { readLines } from './read-lines.ts';
import { parseRetention } from './retention.ts';
import type { Retention } from './retention.ts';
import { sweep } from './sweep.ts';
import type { SweepReport } from './sweep.ts';
import { sessionFolder } from '../session-folder.ts';

export type FsArchiveOptions = {
  /** The folder below which each session has its own. */
  readonly path: string;
  /** Takes secrets out before anything is written. */
  readonly redactor?: Redactor | undefined;
  /** What may go, and when. Default: nothing. */
  readonly retention?: Retention | undefined;
  /** How long from one look at it to the next, in milliseconds; the first is after the first `store`. Default one hour. */
  readonly sweepEveryMillis?: number | undefined;
  /** Told of each such look: it is not waited for. */
  readonly onSweep?: ((report: SweepReport) => void) | undefined;
  readonly now?: (() => number) | undefined;
};

/**
 * Stores what leaves the context as files: `{path}/{session}/transcript-pre-compact-001.jsonl`,
 * `summary-001.json` and `events.jsonl`. A file is complete or absent, is never overwritten, and only its owner
 * may read it; processes may share a folder.
 */
export class FsArchive implements ReadableArchive {
  readonly name = 'fs';
  readonly #path: string;
  readonly #redactor: Redactor | undefined;
  readonly #retention: Retention | undefined;
  readonly #sweepEveryMillis: number;
  readonly #onSweep: ((report: SweepReport) => void) | undefined;
  readonly #now: () => number;
  #sweptAt = -Infinity;

  /** @throws CompactError `invalid_options` */
  constructor(options: FsArchiveOptions) {
    const { path, redactor, retention, sweepEveryMillis = 3_600_000, onSweep, now = Date.now } = options;
    this.#path = path;
    this.#redactor = redactor;
    this.#retention = retention === undefined ? undefined : parseRetention(retention);
    this.#sweepEveryMillis = sweepEveryMillis;
    this.#onSweep = onSweep;
    this.#now = now;
  }

  async store(entry: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt> {
    signal.throwIfAborted();
    const folder = this.#folder(entry.sessionId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const encoded = encodeEntry(entry, this.#redactor);
    const { digest } = encoded;
    const location = await placeFile(folder, objectNames(entry, digest), encoded, signal);
    await appendLines(eventsIn(folder), [JSON.stringify(eventOf(entry, location, digest))], true);
    const isLines = entry.step === 'transcript';
    const refs = entry.items.map((_, index) => (isLines ? itemRef(location, index + 1) : location));
    this.#sweepWhereDue();
    return { location, digest, refs };
  }

  /** Removes what the retention lets go now; nothing where there is none. */
  async sweep(signal: AbortSignal): Promise<SweepReport> {
    this.#sweptAt = this.#now();
    if (this.#retention === undefined) return { removed: [], failed: [] };
    return sweep(this.#path, this.#retention, this.#now(), signal);
  }

  /** Nobody waits for it, and whoever stores next is not disturbed by what comes of it. */
  #sweepWhereDue(): void {
    if (this.#retention === undefined || this.#now() - this.#sweptAt < this.#sweepEveryMillis) return;
    this.sweep(new AbortController().signal)
      .catch((error: unknown) => ({
        removed: [],
        failed: [{ location: this.#path, message: String(error) }],
      }))
      .then((report) => this.#onSweep?.(report))
      .catch(() => {});
  }

  /** In two passes, so that the names alone are held at a time. */
  async *list(sessionId: string, signal: AbortSignal): AsyncIterable<ArchivedObject> {
    const last = new Map<string, number>();
    for await (const { location, line } of this.#events(sessionId, signal)) last.set(location, line);
    for await (const { object, location, line } of this.#events(sessionId, signal)) {
      if (object !== undefined && last.get(location) === line) yield object;
    }
  }

  async read(sessionId: string, ref: string | ArchivedObject, signal: AbortSignal): Promise<ArchiveContent> {
    // By name: the archive may have been moved, and no reference leads out of the session's folder.
    const isSame = (location: string, wanted: string) => basename(location) === basename(wanted);
    const object = await findObject(sessionId, ref, () => this.list(sessionId, signal), isSame);
    const path = join(this.#folder(sessionId), basename(object.location));
    return openObject(object, await readObject(path, signal));
  }

  async *#events(
    sessionId: string,
    signal: AbortSignal,
  ): AsyncIterable<{ line: number; location: string; object?: ArchivedObject }> {
    const folder = this.#folder(sessionId);
    let line = 0;
    for await (const text of readLines(eventsIn(folder), signal)) {
      line += 1;
      const event = parseEvent(text);
      if (event === undefined) continue;
      const location = join(folder, basename(event.location));
      if (event.step === 'removed') yield { line, location };
      // Where names do not tell upper case from lower, two sessions may share a folder.
      else if (event.session_id === sessionId) yield { line, location, object: objectOf(event, location) };
    }
  }

  #folder(sessionId: string): string {
    return join(this.#path, sessionFolder(sessionId));
  }
}

function eventsIn(folder: string): string {
  return join(folder, 'events.jsonl');
}

async function readObject(location: string, signal: AbortSignal): Promise<string> {
  try {
    return await readFile(location, { encoding: 'utf8', signal });
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? missingError(location) : error;
  }
}
