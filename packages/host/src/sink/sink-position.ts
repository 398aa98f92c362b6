import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Up to which cursor of the store a sink has written everything. */
export interface SinkPosition {
  read(): number;
  write(cursor: number): void;
}

/** In memory, for a store that is in memory too. */
export function positionInMemory(): SinkPosition {
  let known = 0;
  return { read: () => known, write: (cursor) => void (known = cursor) };
}

const Positions = z.record(z.string(), z.int().nonnegative());

/**
 * In a file beside the database, one position for each place that was ever written to. A file that cannot be read counts
 * as none: what was written then goes out once more, which readers do not mind.
 */
export function positionInFile(path: string, place: string): SinkPosition {
  const all = readPositions(path);
  return {
    read: () => all[place] ?? 0,
    write(cursor) {
      all[place] = cursor;
      // In place of the old one at once, so that a process that dies leaves one or the other.
      writeFileSync(`${path}.new`, JSON.stringify(all), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}

function readPositions(path: string): Record<string, number> {
  if (!existsSync(path)) return {};
  try {
    return Positions.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}
