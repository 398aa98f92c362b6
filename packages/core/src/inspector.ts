import { canonicalJson } from './canonical-json.ts';
import type { Counter } from './counter.ts';
import type { Dialect } from './dialect.ts';
import { digestOf } from './digest.ts';
import type { ItemView } from './item-view.ts';
import { createWeigher } from './weigh.ts';

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
  /** The digest of each prefix: `[n]` binds the first n items. */
  readonly chain: (items: readonly Inspected<TItem>[]) => readonly string[];
};

/**
 * Reads each item once and remembers it by identity, so that a history that is sent again costs what is new.
 * Items are taken to be immutable.
 */
export function createInspector<TItem>(
  dialect: Dialect<TItem>,
  counter: Counter,
  flag: string,
): Inspector<TItem> {
  const known = new WeakMap<object, Inspected<TItem>>();
  const links = new WeakMap<object, { readonly before: string; readonly after: string }>();
  const weigher = createWeigher(counter, 1);

  const read = (given: TItem): Inspected<TItem> => {
    const isFlagged = dialect.hasFlag(given, flag);
    const item = isFlagged ? dialect.withoutFlag(given, flag) : given;
    const view = dialect.inspect(item);
    return { item, view, id: digestOf(canonicalJson(item)), isFlagged, weight: weigher.view(view) };
  };

  const link = (before: string, inspected: Inspected<TItem>): string => {
    const found = links.get(inspected);
    if (found?.before === before) return found.after;
    const after = digestOf(before + inspected.id);
    links.set(inspected, { before, after });
    return after;
  };

  return {
    inspect: (item) => {
      if (typeof item !== 'object' || item === null) return read(item);
      const found = known.get(item);
      if (found !== undefined) return found;
      const inspected = read(item);
      known.set(item, inspected);
      return inspected;
    },
    chain: (items) => {
      let last = '';
      return ['', ...items.map((item) => (last = link(last, item)))];
    },
  };
}
