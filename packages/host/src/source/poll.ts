import { setTimeout as sleep } from 'node:timers/promises';
import type { SourcePage, SourceSpan } from './trace-source.ts';

export type PollOptions = {
  /** Something cheap that changes when there is anything new; without it every turn looks. */
  readonly probe?: (signal: AbortSignal) => Promise<string>;
  /** What may be new. Repeats are sorted out here. */
  readonly look: (signal: AbortSignal) => AsyncIterable<SourcePage>;
  readonly intervalMillis: number;
  /** Fires when the source is closed. */
  readonly closed: AbortSignal;
};

/**
 * Follows a backend that can only be asked: looks, waits, looks again, and passes on what it has not passed on
 * before. What was there at the first look is taken as known, and is not passed on.
 */
export async function* poll(
  { probe, look, intervalMillis, closed }: PollOptions,
  signal: AbortSignal,
): AsyncGenerator<SourcePage> {
  const either = AbortSignal.any([signal, closed]);
  let passed: ReadonlySet<string> | undefined;
  let mark: string | undefined;
  for (;;) {
    either.throwIfAborted();
    const found = await probe?.(either);
    if (found === undefined || found !== mark) {
      const seen = new Set<string>();
      for await (const { spans } of look(either)) {
        const fresh = spans.filter((span) => passed !== undefined && !passed.has(versionOf(span)));
        for (const span of spans) seen.add(versionOf(span));
        if (fresh.length > 0) yield { spans: fresh };
      }
      passed = seen;
      mark = found;
    }
    await sleep(intervalMillis, undefined, { signal: either }).catch(() => either.throwIfAborted());
  }
}

/** A span that has changed is passed on again. */
function versionOf({ traceId, id, end, status }: SourceSpan): string {
  return `${traceId}/${id}/${end ?? ''}/${status ?? ''}`;
}
