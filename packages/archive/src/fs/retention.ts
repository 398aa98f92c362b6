import { parseOptions } from '@clew/core';
import { z } from 'zod';

/** How long what is archived stays. Absent: for ever. The newest compaction of all stays in any case. */
export const Retention = z.strictObject({
  /** Since it was stored, in milliseconds. */
  maxAgeMillis: z.number().int().positive().optional(),
  /** Of one session: the latest. */
  maxCompactions: z.number().int().positive().optional(),
  /** Of all sessions together: the oldest go first. */
  maxBytes: z.number().int().positive().optional(),
});
export type Retention = z.infer<typeof Retention>;

export type RetentionReason = 'age' | 'count' | 'bytes';

/** What one compaction has stored: a transcript, mostly with a summary. */
export type StoredCompaction = {
  readonly folder: string;
  readonly number: number;
  /** Names within the folder. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** When its latest file was stored, in epoch milliseconds. */
  readonly at: number;
};

export type Leaving = { readonly compaction: StoredCompaction; readonly reason: RetentionReason };

/** @throws CompactError `invalid_options` */
export function parseRetention(value: unknown): Retention {
  return parseOptions(Retention, value ?? {}, 'The retention of FsArchive');
}

/** What has to go, the oldest first, and why. Pure. */
export function leavingBy(
  compactions: readonly StoredCompaction[],
  { maxAgeMillis = Infinity, maxCompactions = Infinity, maxBytes = Infinity }: Retention,
  now: number,
): readonly Leaving[] {
  const [newest, ...others] = compactions.toSorted(
    (left, right) => right.at - left.at || right.number - left.number,
  );
  if (newest === undefined) return [];
  const counts = new Map([[newest.folder, 1]]);
  const leaving: Leaving[] = [];
  let bytes = newest.bytes;
  // Once one is too much, all that are older go as well: nobody expects a gap.
  let isFull = false;
  for (const compaction of others) {
    const count = (counts.get(compaction.folder) ?? 0) + 1;
    counts.set(compaction.folder, count);
    if (now - compaction.at > maxAgeMillis) leaving.push({ compaction, reason: 'age' });
    else if (count > maxCompactions) leaving.push({ compaction, reason: 'count' });
    else if (isFull || bytes + compaction.bytes > maxBytes) {
      isFull = true;
      leaving.push({ compaction, reason: 'bytes' });
    } else bytes += compaction.bytes;
  }
  return leaving.toReversed();
}
