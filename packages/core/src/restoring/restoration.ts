/** Why something is not put back. */
export type RefusalReason =
  /** Nothing that left has this id: it is in the context, or was never there. */
  | 'unknown_id'
  /** The archive does not have it, cannot be read, or gives another content than was stored. */
  | 'not_archived'
  /** With it the prompt would not fit the window less its reserve. */
  | 'over_budget'
  /** The provider would not accept the list with it in its place. */
  | 'invalid'
  /** The history that it belongs to is not the one that was given: an edited or another branch. */
  | 'other_branch';

export type Refusal = { readonly id: string; readonly reason: RefusalReason; readonly message: string };

/** What came of asking for items to come back. */
export type Restoration = {
  /** Ids of the ledger rows that are in the context again. */
  readonly restored: readonly string[];
  readonly refused: readonly Refusal[];
};

/** An undo and what else was wanted back, as one. */
export function joined(left: Restoration, right: Restoration | undefined): Restoration {
  if (right === undefined) return left;
  return { restored: [...left.restored, ...right.restored], refused: [...left.refused, ...right.refused] };
}
