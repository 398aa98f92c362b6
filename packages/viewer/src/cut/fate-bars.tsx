import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Tokens } from '../tokens.tsx';
import { formatTokens } from '../format/tokens.ts';
import { fateParts, type FatePart, type Part } from './fate-parts.ts';
import { partWords } from './part-words.ts';

/** The context before and after on one scale, each bar in parts by fate. The table beneath says the same in numbers. */
export function FateBars({ cut }: { readonly cut: Cut }): ReactNode {
  const parts = fateParts(cut);
  const before = parts.map(({ part, before: tokens }) => ({ part, tokens }));
  const listed = parts.flatMap(({ part, after: tokens }) => (tokens === undefined ? [] : [{ part, tokens }]));
  const after = withUnlisted(listed, (cut.after ?? 0) - total(listed));
  const longest = Math.max(total(before), total(after), 1);
  return (
    <div className="clew-fate-bars" role="img" aria-label={barsName(cut, parts)}>
      <Bar name="Before" segments={before} longest={longest} basis={cut.basis} />
      <Bar name="After" segments={after} longest={longest} basis={cut.basis} />
    </div>
  );
}

type Segment = { readonly part: Part; readonly tokens: number };

function Bar({
  name,
  segments,
  longest,
  basis,
}: {
  readonly name: string;
  readonly segments: readonly Segment[];
  readonly longest: number;
  readonly basis: Cut['basis'];
}): ReactNode {
  const tokens = total(segments);
  return (
    <div className="clew-fate-bar">
      <span className="clew-fate-bar-name">
        {name}{' '}
        <strong>
          <Tokens count={tokens} basis={basis} />
        </strong>
      </span>
      <div className="clew-bar" style={{ width: `${(tokens / longest) * 100}%` }}>
        {segments.map(({ part, tokens: size }) =>
          size === 0 ? null : (
            <i
              key={part}
              className={`clew-part-${part}`}
              style={{ flexGrow: size }}
              title={`${partWords[part]}: ${formatTokens(size)}`}
            >
              {size / longest > 0.12 ? <span>{partWords[part]}</span> : null}
            </i>
          ),
        )}
      </div>
    </div>
  );
}

function barsName(cut: Cut, parts: readonly FatePart[]): string {
  const list = parts
    .map(({ part, before }) => `${partWords[part].toLowerCase()} ${formatTokens(before)}`)
    .join(', ');
  return `Before ${formatTokens(cut.before ?? 0)} tokens: ${list}. After ${formatTokens(cut.after ?? 0)} tokens.`;
}

/** Tokens that stayed and are in no row join what was kept. */
function withUnlisted(segments: readonly Segment[], unlisted: number): readonly Segment[] {
  if (unlisted <= 0) return segments;
  if (!segments.some(({ part }) => part === 'kept')) return [...segments, { part: 'kept', tokens: unlisted }];
  return segments.map((segment) =>
    segment.part === 'kept' ? { part: 'kept', tokens: segment.tokens + unlisted } : segment,
  );
}

function total(segments: readonly Segment[]): number {
  return segments.reduce((sum, { tokens }) => sum + tokens, 0);
}
