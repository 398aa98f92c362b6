import type { Call, Category } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Tokens } from '../tokens.tsx';
import { categoryWords } from '../words.ts';

/** What the colours and the lines mean; the lines with their latest values. A part is a button that leaves it out. */
export function PressureLegend({
  categories,
  hidden,
  onHidden,
  latest,
}: {
  readonly categories: readonly Category[];
  readonly hidden: ReadonlySet<Category>;
  readonly onHidden: (hidden: ReadonlySet<Category>) => void;
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
  const toggle = (category: Category): void => {
    const next = new Set(hidden);
    if (!next.delete(category)) next.add(category);
    onHidden(next);
  };
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
        <li key={category}>
          <button
            type="button"
            className="clew-legend-part"
            aria-pressed={!hidden.has(category)}
            onClick={() => toggle(category)}
          >
            <i className={`clew-swatch clew-category-${category}`} />
            {categoryWords[category]}
          </button>
        </li>
      ))}
    </ul>
  );
}
