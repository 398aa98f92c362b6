import type { Finding } from '../describe-result.ts';
import { shortId } from '../entry.ts';
import { prefixDigests } from '../prefix-digests.ts';
import type { Prepared } from '../prepare.ts';
import type { SessionState, Splice } from '../session-state.ts';

/** A compaction that was worked out on a snapshot of the session, and is not in force yet. */
export type Ahead<TItem> = {
  /** The session when the snapshot was taken. */
  readonly base: SessionState;
  /** The same with the splice in force. */
  readonly state: SessionState;
  readonly finding: Finding<TItem>;
};

export type Rebased = { readonly state: SessionState } | { readonly stale: string };

/**
 * Compare and swap: puts the splice in force where the session and the prefix that it is bound to are what they
 * were. What was appended since stands behind it unchanged. Pure.
 *
 * @param stored the session now, as it was saved
 * @param now what was prepared of it for the call at hand, without the splice
 */
export function rebase<TItem>(
  { base, state, finding }: Ahead<TItem>,
  stored: SessionState,
  now: Prepared<TItem>,
): Rebased {
  const [splice] = state.splices;
  if (splice === undefined) return { stale: 'nothing was prepared' };
  if (!isSame(stored, base)) return { stale: 'the session was compacted, or taken back, by another run' };
  const { prefixLength, prefixDigest } = splice;
  if (prefixDigests(now.inspected, [prefixLength]).get(prefixLength) !== prefixDigest) {
    return { stale: `the first ${prefixLength} items are no longer what they were` };
  }
  const held = new Set(
    now.resumed.entries.filter(({ isProtected }) => isProtected).map(({ id }) => shortId(id)),
  );
  const taken = finding.changed?.rows.find(
    ({ id, fate }) => fate !== 'kept' && fate !== 'protected' && held.has(id),
  );
  if (taken !== undefined) return { stale: `item ${taken.id} has been protected since` };
  return {
    state: {
      ...stored,
      ...changes(base, state),
      calls: stored.calls + 1,
      lastCompactedCall: stored.calls + 1,
    },
  };
}

/** Whether no other compaction has come between. By digest: a store may give back copies. */
function isSame(stored: SessionState, base: SessionState): boolean {
  const newest = ({ splices: [splice] }: SessionState) => keyOf(splice);
  return stored.sequence === base.sequence && newest(stored) === newest(base);
}

function keyOf(splice: Splice | undefined): string {
  return splice === undefined ? '' : `${splice.prefixDigest}:${splice.replacementDigest}`;
}

/** What the compaction changed of the session: the rest has gone on without it. */
function changes(base: SessionState, state: SessionState): Partial<SessionState> {
  const before = new Map<string, unknown>(Object.entries(base));
  return Object.fromEntries(Object.entries(state).filter(([key, value]) => before.get(key) !== value));
}
