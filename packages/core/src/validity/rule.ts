export type RepairAction = 'dropped' | 'edited' | 'moved' | 'merged' | 'inserted';

/** An item under repair, and its position in the list that was given. */
export type Slot = { readonly item: object; readonly index: number | undefined };

/** Where a rule is broken; `id` is the call that it is about, where it is about one. */
export type Finding = { readonly index: number; readonly message: string; readonly id?: string };

export type Fixed = { readonly slots: readonly Slot[]; readonly action: RepairAction };

/** One rule of a provider: how to find where it is broken, and how to mend that. */
export type Rule = {
  readonly name: string;
  /** Whether a fix touches its own position only. */
  readonly isLocal: boolean;
  /** Whether only some hosts of the format refuse it, so that a caller who breaks it already may go on to. */
  readonly isLenient?: boolean;
  readonly find: (items: readonly object[]) => readonly Finding[];
  readonly fix: (slots: readonly Slot[], finding: Finding) => Fixed;
};

export function dropAt(slots: readonly Slot[], { index }: Finding): Fixed {
  return { slots: slots.toSpliced(index, 1), action: 'dropped' };
}

/** Puts an edited copy in the item's place, or takes the item out where nothing of it is left. */
export function editAt(slots: readonly Slot[], position: number, item: object | undefined): Fixed {
  const slot = slots[position];
  if (slot === undefined || item === undefined)
    return { slots: slots.toSpliced(position, 1), action: 'dropped' };
  return { slots: slots.with(position, { ...slot, item }), action: 'edited' };
}
