import { sentTokens, type Call } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { formatTokens } from '../format/tokens.ts';
import { categoryWords } from '../words.ts';
import { categoryShares } from './category-shares.ts';

/** What hovering over a call tells: its size and its largest parts. */
export function CallTooltip({ call }: { readonly call: Call }): ReactNode {
  const tokens = sentTokens(call);
  const measure = call.after ?? call.before;
  return (
    <>
      <strong>
        Call {call.position} · {tokens === undefined ? 'size unknown' : sizes(call, tokens)}
        {tokens !== undefined && call.window ? ` · ${formatRatio(tokens / call.window.limit)}` : ''}
      </strong>
      {measure === undefined
        ? null
        : categoryShares(measure)
            .toSorted((a, b) => b.tokens - a.tokens)
            .slice(0, 3)
            .map(({ category, tokens: part }) => (
              <span key={category} className="clew-key">
                <i className={`clew-swatch clew-category-${category}`} />
                {categoryWords[category]} {formatTokens(part)}
              </span>
            ))}
    </>
  );
}

/** A call that was cut tells both sizes. */
function sizes({ before, basis }: Call, sent: number): string {
  const size = formatTokens(sent, basis);
  return before === undefined || before.tokens === sent
    ? size
    : `${formatTokens(before.tokens, basis)} → ${size}`;
}
