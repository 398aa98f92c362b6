import { shortId } from '../entry.ts';
import type { ItemView } from '../item-view.ts';
import type { SessionState } from '../session-state.ts';
import type { Refusal } from './restoration.ts';
import { isMeant, rowsMeant, wishReinflate } from './wishes.ts';
import type { Wish } from './wishes.ts';

export type PinResult = {
  readonly outcome: 'pinned' | 'too_many_pins';
  /** What is pinned: the id of a ledger row, or of a call. */
  readonly id: string;
  /** Whether it had left, and comes back at the next preflight. */
  readonly comesBack: boolean;
  /** Why it does not come back, where it had left and cannot. */
  readonly refused: readonly Refusal[];
};

export type UnpinResult = { readonly outcome: 'unpinned' | 'not_pinned' };

/** More pins than this would leave little to compact, and each is compared with each item. */
const maxPins = 200;

/** Pins an item: by its id in the ledger, by a call's id, which stands for the call and its result, or as it stands. */
export function wishPin(
  state: SessionState,
  given: string,
  label: string | undefined,
  roomTokens: number,
): Wish<PinResult> {
  const outside = rowsMeant(state, given);
  // A call's id stands for all that it ties together; a part of an id, for the row that it was found to mean.
  const [only, ...more] = outside;
  const id = only !== undefined && more.length === 0 && only.pair !== given ? only.id : given;
  const others = state.pins?.filter((pin) => pin.id !== id) ?? [];
  if (others.length >= maxPins) {
    return { state, result: { outcome: 'too_many_pins', id, comesBack: false, refused: [] } };
  }
  const pins = [...others, { id, ...(label === undefined ? {} : { label }) }];
  const pinned = { ...state, pins };
  if (outside.length === 0) {
    return { state: pinned, result: { outcome: 'pinned', id, comesBack: false, refused: [] } };
  }
  const { state: next, result } = wishReinflate(pinned, [given], roomTokens);
  const comesBack = result.outcome === 'scheduled';
  return { state: next, result: { outcome: 'pinned', id, comesBack, refused: result.refused } };
}

export function wishUnpin(state: SessionState, given: string): Wish<UnpinResult> {
  const pins = state.pins ?? [];
  const left = pins.filter(({ id }) => id !== given && !isMeant(id, given));
  if (left.length === pins.length) return { state, result: { outcome: 'not_pinned' } };
  return { state: { ...state, pins: left }, result: { outcome: 'unpinned' } };
}

/** Why an item may not leave, where somebody pinned it. */
export function pinOf(
  { pins = [] }: Pick<SessionState, 'pins'>,
  { id, view }: { readonly id: string; readonly view: ItemView },
): string | undefined {
  const pin = pins.find(
    (each) => isMeant(shortId(id), each.id) || view.calls.includes(each.id) || view.answers.includes(each.id),
  );
  if (pin === undefined) return undefined;
  return pin.label === undefined ? 'pinned' : `pinned: ${pin.label}`;
}
