import { canonicalJson } from './canonical-json.ts';
import type { Counter } from './counter.ts';
import type { Dialect } from './dialect.ts';
import { digestInSteps } from './digest.ts';
import { atOnce } from './in-slices.ts';
import type { ItemView } from './item-view.ts';
import { weighInSteps } from './weigh.ts';
import type { MediaWeight } from './weigh.ts';

/** An item read once: what it says, what it weighs before calibration, and its digest. */
export type Inspected<TItem> = {
  /** The item without our mark, as it may be sent. */
  readonly item: TItem;
  readonly view: ItemView;
  readonly id: string;
  readonly isFlagged: boolean;
  /** Uncalibrated tokens. */
  readonly weight: number;
};

export type Inspector<TItem> = {
  readonly inspect: (item: TItem) => Inspected<TItem>;
  /** The same, which stops for breath inside of an item that is long. */
  readonly inspectInSteps: (item: TItem) => Generator<void, Inspected<TItem>>;
};

/** More weights than this are not worth their memory, some 100 bytes each. */
const maxWeights = 50_000;

/**
 * Reads each item once and remembers it by identity, so that a history that is sent again costs what is new.
 * Its weight is remembered by content: a caller that copies its history is not counted again. Items are taken to
 * be immutable.
 */
export function createInspector<TItem>(
  dialect: Dialect<TItem>,
  counter: Counter,
  flag: string,
  mediaWeight?: MediaWeight,
): Inspector<TItem> {
  const inspected = new WeakMap<object, Inspected<TItem>>();
  const weights = new Map<string, number>();

  function* weigh(id: string, view: ItemView): Generator<void, number> {
    const known = weights.get(id);
    if (known !== undefined) return known;
    const weight = yield* weighInSteps(counter, view, mediaWeight);
    if (weights.size >= maxWeights) weights.clear();
    weights.set(id, weight);
    return weight;
  }

  function* read(given: TItem): Generator<void, Inspected<TItem>> {
    const isFlagged = dialect.hasFlag(given, flag);
    const item = dialect.withoutFlag(given, flag);
    const view = dialect.inspect(item);
    const id = yield* digestInSteps(canonicalJson(item));
    return { item, view, id, isFlagged, weight: yield* weigh(id, view) };
  }

  const knownOf = (item: TItem) =>
    typeof item === 'object' && item !== null ? inspected.get(item) : undefined;

  function* inspectInSteps(item: TItem): Generator<void, Inspected<TItem>> {
    const known = knownOf(item);
    if (known !== undefined) return known;
    const found = yield* read(item);
    if (typeof item === 'object' && item !== null) inspected.set(item, found);
    return found;
  }

  return { inspect: (item) => knownOf(item) ?? atOnce(inspectInSteps(item)), inspectInSteps };
}
