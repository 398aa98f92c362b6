import type { Entry } from '../entry.ts';
import { groupEntries } from '../group.ts';
import { itemLimit } from '../transcript.ts';

/** A run of items that one request shows. */
export type Stage = {
  readonly entries: readonly Entry<unknown>[];
  /** An item over it is shortened. */
  readonly limitTokens: number;
};

export type StagesInput = {
  readonly entries: readonly Entry<unknown>[];
  /** Tokens of items that one request holds. */
  readonly capacityTokens: number;
  readonly maxStages: number;
  /** What the text of an item weighs. */
  readonly tokensOf: (entry: Entry<unknown>) => number;
};

type Unit = { readonly members: readonly number[]; readonly sizes: readonly number[] };

/** Of a heading in the transcript, what the framing of an item does not cover. */
const headingTokens = 4;

/**
 * Parts of a history in the order of time, of about the same size, that fit one request each. A group is never
 * split. Where that takes more than `maxStages`, or a group is over the capacity by itself, the longest items are
 * shortened; where it still does (very many items in a very small window), there are more stages than asked for.
 */
export function splitInStages(input: StagesInput): readonly Stage[] {
  const { entries, capacityTokens, maxStages, tokensOf } = input;
  const units = unitsOf(entries, tokensOf);
  const pack = (limitTokens: number) => packUnits(entries, units, { limitTokens, capacityTokens });
  const whole = pack(Number.POSITIVE_INFINITY);
  if (whole.length <= maxStages) return whole;
  // The fullest stages that the number allows for: the limit is searched for, since groups do not pack evenly.
  const sizes = units.flatMap((unit) => unit.sizes);
  let low = itemLimit(sizes, 0);
  let high = Math.max(low, ...sizes);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pack(middle).length <= maxStages) low = middle;
    else high = middle - 1;
  }
  return pack(low);
}

/** One request for all: the longest items are shortened until they fit. */
export function singleStage({ entries, capacityTokens, tokensOf }: Omit<StagesInput, 'maxStages'>): Stage {
  const sizes = entries.map((entry) => tokensOf(entry) + headingTokens);
  return { entries, limitTokens: itemLimit(sizes, capacityTokens) };
}

function unitsOf(entries: readonly Entry<unknown>[], tokensOf: StagesInput['tokensOf']): readonly Unit[] {
  return groupEntries(entries).groups.map(({ members }) => {
    const own = members.flatMap((index) => entries[index] ?? []);
    return { members, sizes: own.map((entry) => tokensOf(entry) + headingTokens) };
  });
}

function packUnits(
  entries: readonly Entry<unknown>[],
  units: readonly Unit[],
  { limitTokens, capacityTokens }: { readonly limitTokens: number; readonly capacityTokens: number },
): readonly Stage[] {
  const fitted = units.map(({ members, sizes }) => {
    const own = Math.min(limitTokens, itemLimit(sizes, capacityTokens));
    return { members, own, tokens: sizes.reduce((sum, size) => sum + Math.min(size, own), 0) };
  });
  const total = fitted.reduce((sum, { tokens }) => sum + tokens, 0);
  const evenTokens = total / Math.max(1, Math.ceil(total / capacityTokens));
  const stages: Stage[] = [];
  let open: number[] = [];
  let tokens = 0;
  let limit = Number.POSITIVE_INFINITY;
  const close = () => {
    if (open.length > 0) {
      // Groups may interleave; what is read is in the order of time.
      const own = open.toSorted((left, right) => left - right).flatMap((index) => entries[index] ?? []);
      stages.push({ entries: own, limitTokens: limit });
    }
    open = [];
    tokens = 0;
    limit = Number.POSITIVE_INFINITY;
  };
  for (const unit of fitted) {
    if (tokens + unit.tokens > capacityTokens || tokens >= evenTokens) close();
    open.push(...unit.members);
    tokens += unit.tokens;
    limit = Math.min(limit, unit.own);
  }
  close();
  return stages;
}
