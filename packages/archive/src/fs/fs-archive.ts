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
import { appendLine } from './append-line.ts';
import { codeOf } from './error-code.ts';
import { placeFile } from './place-file.ts';
import { readLines } from './read-lines.ts';
import { sessionFolder } from '../session-folder.ts';

export type FsArchiveOptions = {
  /** The folder below which each session has its own. */
  readonly path: string;
  /** Takes secrets out before anything is written. */
  readonly redactor?: Redactor | undefined;
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

  constructor({ path, redactor }: FsArchiveOptions) {
    this.#path = path;
    this.#redactor = redactor;
  }

  async store(entry: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt> {
    signal.throwIfAborted();
    const folder = this.#folder(entry.sessionId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const encoded = encodeEntry(entry, this.#redactor);
    const { digest } = encoded;
    const location = await placeFile(folder, objectNames(entry, digest), encoded, signal);
    await appendLine(eventsIn(folder), JSON.stringify(eventOf(entry, location, digest)));
    const isLines = entry.step === 'transcript';
    const refs = entry.items.map((_, index) => (isLines ? itemRef(location, index + 1) : location));
    return { location, digest, refs };
  }

  /** In two passes, so that the names alone are held at a time. */
  async *list(sessionId: string, signal: AbortSignal): AsyncIterable<ArchivedObject> {
    const last = new Map<string, number>();
    for await (const { object, line } of this.#events(sessionId, signal)) last.set(object.location, line);
    for await (const { object, line } of this.#events(sessionId, signal)) {
      if (last.get(object.location) === line) yield object;
    }
  }

  async read(sessionId: string, ref: string | ArchivedObject, signal: AbortSignal): Promise<ArchiveContent> {
    // By name: the archive may have been moved, and no reference leads out of the session's folder.
    const isSame = (location: string, wanted: string) => basename(location) === basename(wanted);
    const object = await findObject(sessionId, ref, () => this.list(sessionId, signal), isSame);
    const path = join(this.#folder(sessionId), basename(object.location));
    return openObject(object, await readObject(path, signal));
  }

  async *#events(sessionId: string, signal: AbortSignal) {
    const folder = this.#folder(sessionId);
    let line = 0;
    for await (const text of readLines(eventsIn(folder), signal)) {
      line += 1;
      const event = parseEvent(text);
      // Where names do not tell upper case from lower, two sessions may share a folder.
      if (event?.session_id !== sessionId) continue;
      yield { line, object: objectOf(event, join(folder, basename(event.location))) };
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
