import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MetricsRow } from '@clew/core';
import type { MetricsStore } from '@clew/core';
import { appendLines } from './append-lines.ts';
import { codeOf } from './error-code.ts';
import { readLines } from './read-lines.ts';

/**
 * A metrics ledger as files, one for each day: `{path}/2026-11-21.jsonl`, readable by their owner only. Lines are only
 * ever added, those of several processes too; old days may be deleted.
 */
export class FsMetricsStore implements MetricsStore {
  readonly #path: string;

  constructor({ path }: { readonly path: string }) {
    this.#path = path;
  }

  async add(rows: readonly MetricsRow[], signal: AbortSignal): Promise<void> {
    await mkdir(this.#path, { recursive: true, mode: 0o700 });
    for (const day of new Set(rows.map((row) => row.day))) {
      signal.throwIfAborted();
      const lines = rows.filter((row) => row.day === day).map((row) => JSON.stringify(row));
      await appendLines(join(this.#path, `${day}.jsonl`), lines, true);
    }
  }

  async *read(signal: AbortSignal): AsyncIterable<MetricsRow> {
    for (const name of (await this.#files()).toSorted()) {
      for await (const line of readLines(join(this.#path, name), signal)) {
        const row = parse(line);
        if (row !== undefined) yield row;
      }
    }
  }

  async #files(): Promise<readonly string[]> {
    try {
      return (await readdir(this.#path)).filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/u.test(name));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

/** @returns `undefined` for what is no line of ours: one that a crash cut short, mostly */
function parse(line: string): MetricsRow | undefined {
  try {
    return MetricsRow.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
