import type { Changed } from '../describe-result.ts';
import type { Entry } from '../entry.ts';
import type { LedgerRow } from '../ledger.ts';
import type { Resumed } from '../resume.ts';
import type { SessionState, Splice } from '../session-state.ts';

/** A session at a moment: what there is, and what of it the model sees. */
export type Standing = {
  /** The context. */
  readonly entries: readonly Entry<unknown>[];
  /** Rows of what is out of it. */
  readonly gone: readonly LedgerRow[];
  /** Items ever seen. */
  readonly seen: number;
  /** Names the splice in force. Empty: none is. */
  readonly splice: string;
};

export function standingOf({ entries, gone, seen, splice }: Resumed<unknown>): Standing {
  return { entries, gone, seen, splice: splice === undefined ? '' : nameOf(splice) };
}

/** Behind a run that has changed it. */
export function standingAfter(
  { seen }: Pick<Resumed<unknown>, 'seen'>,
  { entries, gone }: Changed<unknown>,
  { splices: [newest] }: Pick<SessionState, 'splices'>,
): Standing {
  return { entries, gone, seen, splice: newest === undefined ? '' : nameOf(newest) };
}

function nameOf({ sequence = 0, prefixLength, replacementDigest }: Splice): string {
  return `${sequence}.${prefixLength}.${replacementDigest.slice(0, 16)}`;
}
