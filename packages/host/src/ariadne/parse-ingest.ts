import { z } from 'zod';
import { AriadneEvent } from './ariadne-events.ts';
import { cutEvent } from './cut-event.ts';

type Rejection = {
  /** Its place in the batch. */
  readonly index: number;
  readonly details: readonly IngestIssue[];
};

type IngestIssue = { readonly path: readonly (string | number)[]; readonly message: string };

export type IngestReading =
  | {
      readonly outcome: 'read';
      readonly events: readonly AriadneEvent[];
      readonly rejected: readonly Rejection[];
    }
  | { readonly outcome: 'refused'; readonly details: readonly IngestIssue[] };

/**
 * Reads the body of `POST /ingest`: one event, or `{batch: […]}`, its long texts cut. One bad event fails them all, as
 * in Ariadne, and the details say which it was; unless the sender has asked to be told of each by itself (`lenient`).
 */
export function parseIngest(body: unknown, { lenient }: { readonly lenient: boolean }): IngestReading {
  const batch = batchOf(body);
  if (batch === undefined) return whole(AriadneEvent.safeParse(cutEvent(body)), (event) => [event]);
  if (!lenient || !Array.isArray(batch))
    return whole(Batch.safeParse({ batch: cutAll(batch) }), (read) => read.batch);

  const events: AriadneEvent[] = [];
  const rejected: Rejection[] = [];
  for (const [index, item] of batch.entries()) {
    const parsed = AriadneEvent.safeParse(cutEvent(item));
    if (parsed.success) events.push(parsed.data);
    else rejected.push({ index, details: issuesOf(parsed.error) });
  }
  return { outcome: 'read', events, rejected };
}

const Batch = z.object({ batch: z.array(AriadneEvent) });

/** How many events a body would bring, before any is read. */
export function countEvents(body: unknown): number {
  const batch = batchOf(body);
  return Array.isArray(batch) ? batch.length : 1;
}

function batchOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'batch' in body ? body.batch : undefined;
}

function cutAll(batch: unknown): unknown {
  return Array.isArray(batch) ? batch.map(cutEvent) : batch;
}

function whole<T>(
  parsed: z.ZodSafeParseResult<T>,
  events: (data: T) => readonly AriadneEvent[],
): IngestReading {
  if (parsed.success) return { outcome: 'read', events: events(parsed.data), rejected: [] };
  return { outcome: 'refused', details: issuesOf(parsed.error) };
}

/** A hundred say enough of a batch in which nothing is right. */
function issuesOf({ issues }: z.ZodError): readonly IngestIssue[] {
  return issues.slice(0, 100).map(({ path, message }) => ({ path: path.map(toKey), message }));
}

function toKey(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? String(part) : part;
}
