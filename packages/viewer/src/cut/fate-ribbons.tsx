import type { Cut } from '@clew/trace-model';
import { useId, type ReactNode } from 'react';
import { exactTokens, formatTokens } from '../format/tokens.ts';
import { useWidth } from '../use-width.ts';
import { fateParts, type Part } from './fate-parts.ts';
import { partWords } from './part-words.ts';
import { ribbonLayout, type Piece, type Ribbon, type RibbonLayout } from './ribbon-layout.ts';
import { ribbonPath, type RibbonScale } from './ribbon-path.ts';

const height = 236;
const gap = 2;
/** A ribbon thinner than this has its name in the table only. */
const labelled = 15;

/**
 * The context before and after on one scale, and between them what became of each part: what stays runs through, what was
 * summarised narrows into its summary, what was dropped ends. The table beneath says the same in numbers.
 */
export function FateRibbons({ cut }: { readonly cut: Cut }): ReactNode {
  const { ref, width } = useWidth<HTMLDivElement>(640);
  const hatch = useId();
  const layout = ribbonLayout(fateParts(cut), cut.run.record?.tokens.stayed ?? 0);
  const scale = scaleOf(layout, width);
  const { beforeTokens, afterTokens } = layout;
  const unaccounted = layout.before.find(({ parts: [part] }) => part === 'unaccounted')?.tokens ?? 0;
  const freed = beforeTokens - unaccounted - afterTokens;
  const freedFrom = afterTokens * scale.perToken + gap * layout.after.length + 6;
  return (
    <div className="clew-ribbons" ref={ref}>
      <p className="clew-ribbon-ends" aria-hidden="true">
        <span>
          Before <strong>{formatTokens(beforeTokens, cut.basis)}</strong>
        </span>
        <span>
          After <strong>{formatTokens(afterTokens, cut.basis)}</strong>
        </span>
      </p>
      <svg width={width} height={height} role="img" aria-label={ribbonsName(cut, layout)}>
        <defs>
          <pattern
            id={hatch}
            width="7"
            height="7"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className="clew-hatch" width="3" height="7" />
          </pattern>
        </defs>
        {freed > 0 && height - freedFrom > 30 ? (
          <text className="clew-ribbon-freed" x={width - 16} y={(freedFrom + height) / 2 + 4}>
            {formatTokens(freed, cut.basis)} freed
          </text>
        ) : null}
        {layout.ribbons.map((ribbon) => (
          <path
            key={ribbon.part}
            className="clew-ribbon"
            style={{ fill: fillOf(ribbon.part, hatch) }}
            d={ribbonPath(ribbon, scale)}
          >
            <title>{ribbonWords(ribbon)}</title>
          </path>
        ))}
        <Bar pieces={layout.before} x={0} scale={scale} hatch={hatch} />
        <Bar pieces={layout.after} x={width - scale.bar} scale={scale} hatch={hatch} />
        {layout.before.map((piece) => (
          <Label key={piece.at} piece={piece} x={scale.bar + 7} scale={scale} />
        ))}
        {layout.after.map((piece) => (
          <Label key={piece.at} piece={piece} x={width - scale.bar - 7} scale={scale} isEnd />
        ))}
      </svg>
    </div>
  );
}

function Bar({
  pieces,
  x,
  scale,
  hatch,
}: {
  readonly pieces: readonly Piece[];
  readonly x: number;
  readonly scale: RibbonScale;
  readonly hatch: string;
}): ReactNode {
  return pieces.map((piece) => (
    <rect
      key={piece.at}
      className="clew-ribbon-bar"
      x={x}
      y={scale.top(piece)}
      width={scale.bar}
      height={Math.max(1, piece.tokens * scale.perToken)}
      style={{ fill: fillOf(piece.parts[0], hatch) }}
    >
      <title>{`${piecesName(piece)}: ${exactTokens(piece.tokens)}`}</title>
    </rect>
  ));
}

function Label({
  piece,
  x,
  scale,
  isEnd = false,
}: {
  readonly piece: Piece;
  readonly x: number;
  readonly scale: RibbonScale;
  readonly isEnd?: boolean;
}): ReactNode {
  const size = piece.tokens * scale.perToken;
  if (size < labelled) return null;
  return (
    <text
      className={`clew-ribbon-label ${isEnd ? 'clew-ribbon-end' : ''} ${piece.parts[0] === 'unaccounted' ? 'clew-ribbon-halo' : ''}`}
      x={x}
      y={scale.top(piece) + size / 2 + 4}
    >
      {scale.isNarrow && isEnd ? '' : `${piecesName(piece)} `}
      <tspan className="clew-ribbon-figure">{formatTokens(piece.tokens)}</tspan>
    </text>
  );
}

function scaleOf(layout: RibbonLayout, width: number): RibbonScale {
  const pieces = Math.max(layout.before.length, layout.after.length);
  const tallest = Math.max(layout.beforeTokens, layout.afterTokens, 1);
  const perToken = (height - gap * pieces) / tallest;
  return {
    width,
    bar: 9,
    perToken,
    isNarrow: width < 440,
    top: ({ from, at }) => from * perToken + at * gap,
  };
}

function fillOf(part: Part, hatch: string): string {
  return part === 'unaccounted' ? `url(#${hatch})` : `var(--clew-part-${part})`;
}

function piecesName({ parts }: Piece): string {
  return parts.map((part, at) => (at === 0 ? partWords[part] : partWords[part].toLowerCase())).join(' or ');
}

function ribbonWords({ part, from, to }: Ribbon): string {
  const [before, after] = [from?.tokens ?? 0, to?.tokens ?? 0];
  return `${partWords[part]}: ${exactTokens(before)} before, ${exactTokens(after)} after`;
}

function ribbonsName(cut: Cut, { before, after, beforeTokens, afterTokens }: RibbonLayout): string {
  const list = (pieces: readonly Piece[]): string =>
    pieces.map((piece) => `${piecesName(piece).toLowerCase()} ${formatTokens(piece.tokens)}`).join(', ');
  const total = (tokens: number): string => formatTokens(tokens, cut.basis);
  return `Before ${total(beforeTokens)} tokens: ${list(before)}. After ${total(afterTokens)} tokens: ${list(after)}.`;
}
