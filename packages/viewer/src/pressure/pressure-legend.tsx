import type { Call, Category } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Tokens } from '../tokens.tsx';
import { categoryWords } from '../words.ts';

/** What the colours and the lines mean; the lines with their latest values. */
export function PressureLegend({
  categories,
  latest,
}: {
  readonly categories: readonly Category[];
  readonly latest: Call | undefined;
}): ReactNode {
  const window = latest?.window;
  const usable = window?.reserve === undefined ? undefined : window.limit - window.reserve;
  const lines = [
    ['limit', 'Limit', window?.limit],
    ['usable', 'Less reserve', usable],
    ['trigger', 'Trigger', window?.trigger],
    ['target', 'Target', window?.target],
  ] as const;
  return (
    <ul className="clew-legend" aria-label="Legend">
      {lines.map(([line, word, tokens]) =>
        tokens === undefined ? null : (
          <li key={line} className="clew-key">
            <i className={`clew-line clew-line-${line}`} />
            {word} <Tokens count={tokens} />
          </li>
        ),
      )}
      {categories.map((category) => (
        <li key={category} className="clew-key">
          <i className={`clew-swatch clew-category-${category}`} />
          {categoryWords[category]}
        </li>
      ))}
    </ul>
  );
}
