import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive, ArchiveEntry, ArchiveReceipt } from '@clew/core';
import type { Redactor } from '@clew/redaction';
import { sessionFolder } from './session-folder.ts';

export type FsArchiveOptions = {
  /** The folder below which each session has its own. */
  readonly path: string;
  /** Takes secrets out before anything is written. */
  readonly redactor?: Redactor | undefined;
};

/**
 * Stores what leaves the context as files: `{path}/{session}/transcript-pre-compact-001.jsonl`,
 * `summary-001.json` and `events.jsonl`. A file is complete or absent (written aside, then renamed), and only
 * its owner may read it.
 */
export class FsArchive implements Archive {
  readonly name = 'fs';
  readonly #path: string;
  readonly #redactor: Redactor | undefined;

  constructor({ path, redactor }: FsArchiveOptions) {
    this.#path = path;
    this.#redactor = redactor;
  }

  async store(entry: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt> {
    signal.throwIfAborted();
    const folder = join(this.#path, sessionFolder(entry.sessionId));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const location = join(folder, fileName(entry));
    const items = entry.items.map((item) => this.#redactor?.tree(item).value ?? item);
    await writeAside(location, render(entry.step, items), signal);
    const { step, sequence, runId, at } = entry;
    const event = {
      at: new Date(at).toISOString(),
      step,
      sequence,
      run_id: runId,
      items: items.length,
      location,
    };
    await appendFile(join(folder, 'events.jsonl'), `${JSON.stringify(event)}\n`, { mode: 0o600 });
    return { location };
  }
}

function fileName({ step, sequence }: ArchiveEntry): string {
  const number = String(sequence).padStart(3, '0');
  return step === 'transcript' ? `transcript-pre-compact-${number}.jsonl` : `summary-${number}.json`;
}

function render(step: ArchiveEntry['step'], items: readonly unknown[]): string {
  if (step === 'transcript') return items.map((item) => `${JSON.stringify(item)}\n`).join('');
  return `${JSON.stringify(items.length === 1 ? items[0] : items, null, 2)}\n`;
}

async function writeAside(location: string, text: string, signal: AbortSignal): Promise<void> {
  const aside = `${location}.${randomUUID()}.part`;
  try {
    await writeFile(aside, text, { mode: 0o600, signal });
    await rename(aside, location);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
