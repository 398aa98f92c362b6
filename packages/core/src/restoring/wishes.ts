import type { LedgerRow } from '../ledger.ts';
import { rowsOutside } from '../recall/rows-outside.ts';
import type { SessionState, Splice } from '../session-state.ts';
import type { Refusal } from './restoration.ts';

export type UndoResult =
  | {
      /** The next preflight sees the context as it was before. */
      readonly outcome: 'scheduled';
      /** The compaction that is taken back. */
      readonly sequence: number;
      /** How many items come back, whole. */
      readonly itemCount: number;
    }
  | { readonly outcome: 'nothing_to_undo'; readonly advice: string };

export type ReinflateResult = {
  /** `refused` where nothing that was asked for can come back. */
  readonly outcome: 'scheduled' | 'refused';
  /** The ids of the ledger rows that the next preflight puts back, as far as they then fit and are valid. */
  readonly ids: readonly string[];
  readonly refused: readonly Refusal[];
};

export type Wish<TResult> = { readonly state: SessionState; readonly result: TResult };

const minIdLength = 6;

/** Asks for the last compaction to be taken back; asked again before the next preflight, for the one before it too. */
export function wishUndo(state: SessionState): Wish<UndoResult> {
  const newest = state.splices[0];
  const pending = compactionOf(state, state.restoring?.undo);
  const from = pending === undefined ? newest : spliceOf(state, pending.parent);
  const target = compactionOf(state, from?.inForce);
  if (newest === undefined || target?.sequence === undefined) {
    const advice =
      newest === undefined
        ? 'No compaction of this session is in force.'
        : 'What was before is no longer known: a session keeps its latest splices only. Items may still be recalled or put back by id.';
    return { state, result: { outcome: 'nothing_to_undo', advice } };
  }
  const { sequence } = target;
  const known = new Set(spliceOf(state, target.parent)?.gone.map(keyOf) ?? []);
  const itemCount = rowsOutside(newest).filter(
    (row) => row.index !== undefined && isOutside(row) && row.sequence >= sequence && !known.has(keyOf(row)),
  ).length;
  return {
    state: { ...state, restoring: { ids: state.restoring?.ids ?? [], undo: sequence } },
    result: { outcome: 'scheduled', sequence, itemCount },
  };
}

/**
 * Asks for items to come back in their places.
 *
 * @param ids of ledger rows (or their first 6 characters or more), or of calls
 * @param roomTokens what still fits, by the last estimate
 */
export function wishReinflate(
  state: SessionState,
  ids: readonly string[],
  roomTokens: number,
): Wish<ReinflateResult> {
  const wanted = new Set(state.restoring?.ids);
  const scheduled: string[] = [];
  const refused: Refusal[] = [];
  let room = roomTokens;
  for (const id of ids) {
    const rows = rowsMeant(state, id);
    const needed = rows.reduce((sum, { tokens, tokensAfter }) => sum + tokens - tokensAfter, 0);
    if (rows.length === 0) {
      refused.push({ id, reason: 'unknown_id', message: 'Nothing that left the context has this id.' });
    } else if (needed > room) {
      const message = `It has ${needed} tokens; ${Math.max(0, room)} are left in the budget.`;
      refused.push({ id, reason: 'over_budget', message });
    } else {
      room -= needed;
      scheduled.push(...rows.map((row) => row.id));
    }
  }
  if (scheduled.length === 0) return { state, result: { outcome: 'refused', ids: [], refused } };
  const restoring = { ...state.restoring, ids: [...new Set([...wanted, ...scheduled])] };
  return { state: { ...state, restoring }, result: { outcome: 'scheduled', ids: scheduled, refused } };
}

/** The rows of what is out of the context, in whole or in part, that an id may mean. */
export function rowsMeant({ splices }: SessionState, id: string): readonly LedgerRow[] {
  const [newest] = splices;
  if (newest === undefined || id === '') return [];
  return rowsOutside(newest).filter(
    (row) => row.index !== undefined && isOutside(row) && (row.pair === id || isMeant(row.id, id)),
  );
}

/** Whether an item is out of the context, in whole or in part. */
export function isOutside({ fate }: LedgerRow): boolean {
  return fate !== 'kept' && fate !== 'protected';
}

/** Whether an id that a caller gave stands for one of ours. */
export function isMeant(known: string, given: string): boolean {
  return given.startsWith(known) || (given.length >= minIdLength && known.startsWith(given));
}

export function spliceOf({ splices }: SessionState, sequence: number | undefined): Splice | undefined {
  return sequence === undefined ? undefined : splices.find((splice) => splice.sequence === sequence);
}

/** The compaction of this number, as against what was put back later. */
export function compactionOf(state: SessionState, sequence: number | undefined): Splice | undefined {
  const splice = spliceOf(state, sequence);
  return splice?.inForce === sequence ? splice : undefined;
}

function keyOf({ index, id }: LedgerRow): string {
  return `${index ?? ''} ${id}`;
}
