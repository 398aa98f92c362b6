import type { ArchiveEntry, ArchivedObject, ArchivedRow } from '@clew/core';
import { fates } from '@clew/core';
import { z } from 'zod';

const EventRow = z.object({
  id: z.string(),
  fate: z.enum(fates),
  index: z.number().exactOptional(),
  is_copy: z.boolean().exactOptional(),
});

/** A line of `events.jsonl`: what was stored where. What a later version adds is let through. */
export const ArchiveEvent = z.object({
  at: z.iso.datetime(),
  session_id: z.string(),
  step: z.enum(['transcript', 'summary']),
  sequence: z.number().int().positive(),
  run_id: z.string(),
  items: z.number().int().nonnegative(),
  location: z.string(),
  digest: z.string(),
  rows: z.array(EventRow).exactOptional(),
});
export type ArchiveEvent = z.infer<typeof ArchiveEvent>;

/** A line that says that an object is no longer there. */
export const RemovalEvent = z.object({
  at: z.iso.datetime(),
  step: z.literal('removed'),
  location: z.string(),
  reason: z.enum(['age', 'count', 'bytes']),
});
export type RemovalEvent = z.infer<typeof RemovalEvent>;

export function eventOf(entry: ArchiveEntry, location: string, digest: string): ArchiveEvent {
  const { at, sessionId, step, sequence, runId, items, rows } = entry;
  return {
    at: new Date(at).toISOString(),
    session_id: sessionId,
    step,
    sequence,
    run_id: runId,
    items: items.length,
    location,
    digest,
    ...(rows === undefined ? {} : { rows: rows.map(writeRow) }),
  };
}

/** @returns `undefined` for what is no event of ours: a line that a crash cut short, mostly */
export function parseEvent(line: string): ArchiveEvent | RemovalEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return ArchiveEvent.safeParse(value).data ?? RemovalEvent.safeParse(value).data;
  } catch {
    return undefined;
  }
}

/** @param location where the object is now: an archive may have been moved since */
export function objectOf(event: ArchiveEvent, location: string): ArchivedObject {
  const { at, session_id, step, sequence, run_id, items, digest, rows } = event;
  return {
    sessionId: session_id,
    sequence,
    runId: run_id,
    step,
    at: Date.parse(at),
    location,
    digest,
    itemCount: items,
    ...(rows === undefined ? {} : { rows: rows.map(readRow) }),
  };
}

function writeRow({ isCopy, ...row }: ArchivedRow): z.infer<typeof EventRow> {
  return { ...row, ...(isCopy === undefined ? {} : { is_copy: isCopy }) };
}

function readRow({ is_copy: isCopy, ...row }: z.infer<typeof EventRow>): ArchivedRow {
  return { ...row, ...(isCopy === undefined ? {} : { isCopy }) };
}
