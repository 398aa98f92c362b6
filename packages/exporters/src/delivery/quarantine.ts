import { appendFileSync, statSync } from 'node:fs';
import type { Clock } from './clock.ts';
import type { EncodedSpan } from './encoded-span.ts';

/** Keeps what a receiver will never take, so that somebody can look at it. Contract: never throws. */
export interface Quarantine {
  keep(span: EncodedSpan, reason: string, why: string): void;
}

export const noQuarantine: Quarantine = { keep: () => {} };

const maxFileBytes = 4 * 1024 * 1024;

/** Appends a line of JSON a span to one file, readable by its owner alone, up to 4 MiB. */
export function fileQuarantine(path: string, clock: Clock): Quarantine {
  return {
    keep: ({ bytes }, reason, why) => {
      try {
        if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < maxFileBytes) {
          const at = new Date(clock.now()).toISOString();
          const line = JSON.stringify({ at, reason, why, ...contentOf(bytes) });
          appendFileSync(path, `${line}\n`, { mode: 0o600 });
        }
      } catch {
        // It is counted as dropped either way.
      }
    },
  };
}

/** JSON as itself, anything else in base64. */
function contentOf(bytes: Buffer): object {
  try {
    const span: unknown = JSON.parse(bytes.toString('utf8'));
    return { span };
  } catch {
    return { base64: bytes.toString('base64') };
  }
}
