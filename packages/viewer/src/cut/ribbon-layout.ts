import type { FatePart, Part } from './fate-parts.ts';

/** A stretch of a bar, in tokens from its top. */
type Stretch = { readonly from: number; readonly tokens: number };

/** A bar's piece: one part, or several where only their sum is known. `at` is its place among the pieces, from 0. */
export type Piece = Stretch & { readonly parts: readonly [Part, ...Part[]]; readonly at: number };

/** From where a part stood to where it stands; without an end where nothing of it is left, without a start where it is new. */
export type Ribbon = {
  readonly part: Part;
  readonly from: Piece | undefined;
  readonly to: Piece | undefined;
};

export type RibbonLayout = {
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
  readonly ribbons: readonly Ribbon[];
  /** Tokens of each bar. */
  readonly beforeTokens: number;
  readonly afterTokens: number;
};

/**
 * Two bars in one order, so that no ribbons cross: what stays is on top, and what was summarised flows into the summary that
 * was inserted. `stayed` is the after-tokens of all items that stayed, for the parts whose own size nothing tells.
 */
export function ribbonLayout(parts: readonly FatePart[], stayed: number): RibbonLayout {
  const before = stacked(
    parts.flatMap(({ part, before: tokens }) => (tokens > 0 ? [{ parts: [part], tokens }] : [])),
  );
  const after = stacked(sizesAfter(parts, stayed));
  const ribbons = parts.flatMap(({ part }) => {
    const from = before.find((piece) => piece.parts.includes(part));
    const to = after.find((piece) => piece.parts.includes(part === 'summarized' ? 'inserted' : part));
    const isCovered = part === 'inserted' && parts.some((other) => other.part === 'summarized');
    return isCovered || (from === undefined && to === undefined) ? [] : [{ part, from, to }];
  });
  return { before, after, ribbons, beforeTokens: sum(before), afterTokens: sum(after) };
}

type Sized = { readonly parts: readonly [Part, ...Part[]]; readonly tokens: number };

function sizesAfter(parts: readonly FatePart[], stayed: number): readonly Sized[] {
  const outside = new Set<Part>(['fixed', 'inserted', 'unaccounted']);
  const known = sum(
    parts.flatMap(({ part, after }) => (outside.has(part) || after === undefined ? [] : [{ tokens: after }])),
  );
  const [first, ...others] = parts.filter(({ after }) => after === undefined).map(({ part }) => part);
  return parts.flatMap(({ part, after }): readonly Sized[] => {
    if (after !== undefined) return after > 0 ? [{ parts: [part], tokens: after }] : [];
    return part === first && stayed > known ? [{ parts: [first, ...others], tokens: stayed - known }] : [];
  });
}

function stacked(sizes: readonly Sized[]): readonly Piece[] {
  let from = 0;
  return sizes.map((size, at) => {
    const piece = { ...size, from, at };
    from += size.tokens;
    return piece;
  });
}

function sum(sizes: readonly { readonly tokens: number }[]): number {
  return sizes.reduce((total, { tokens }) => total + tokens, 0);
}
