import type { Piece, Ribbon } from './ribbon-layout.ts';

/** Pixels. */
export type RibbonScale = {
  readonly width: number;
  /** Of the bars at both ends. */
  readonly bar: number;
  readonly perToken: number;
  readonly isNarrow: boolean;
  readonly top: (piece: Piece) => number;
};

/** How far a ribbon that ends nowhere reaches, as a share of the way. */
const reach = 0.46;

/** The outline of a ribbon; one that has no end, or no start, runs out to a point. */
export function ribbonPath({ from, to }: Ribbon, scale: RibbonScale): string {
  const [left, right] = [scale.bar, scale.width - scale.bar];
  if (from !== undefined && to !== undefined) return band(left, edges(from, scale), right, edges(to, scale));
  const way = (right - left) * reach;
  if (from !== undefined) return band(left, edges(from, scale), left + way, point(edges(from, scale), 0.7));
  if (to !== undefined) return band(right - way, point(edges(to, scale), 0.5), right, edges(to, scale));
  return '';
}

type Edges = readonly [top: number, bottom: number];

function edges(piece: Piece, scale: RibbonScale): Edges {
  const top = scale.top(piece);
  return [top, top + piece.tokens * scale.perToken];
}

function point([top, bottom]: Edges, share: number): Edges {
  const at = top + (bottom - top) * share;
  return [at, at];
}

function band(left: number, [top, bottom]: Edges, right: number, [topEnd, bottomEnd]: Edges): string {
  const middle = round((left + right) / 2);
  const [x0, x1] = [round(left), round(right)];
  return [
    `M${x0} ${round(top)}C${middle} ${round(top)} ${middle} ${round(topEnd)} ${x1} ${round(topEnd)}`,
    `V${round(bottomEnd)}C${middle} ${round(bottomEnd)} ${middle} ${round(bottom)} ${x0} ${round(bottom)}Z`,
  ].join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
