import { categories, type LedgerEntry } from '@clew/trace-model';
import { useMemo, type ReactNode } from 'react';
import { Choice } from '../choice.tsx';
import { formatCount } from '../format/tokens.ts';
import { categoryWords } from '../words.ts';
import { countRows, fateFilters, filterWords, type LedgerFilter } from './ledger-filter.ts';

/** What to show of the ledger: by fate first, then by part of the prompt, by tool and by words. */
export function LedgerFilters({
  entries,
  filter,
  onFilter,
}: {
  readonly entries: readonly LedgerEntry[];
  readonly filter: LedgerFilter;
  readonly onFilter: (filter: LedgerFilter) => void;
}): ReactNode {
  const { fates, parts, tools } = useMemo(() => choicesOf(entries), [entries]);
  return (
    <>
      <div className="clew-filters" role="group" aria-label="Show">
        {fates.map(({ fate, count }) => (
          <button
            key={fate}
            type="button"
            aria-pressed={fate === filter.fate}
            onClick={() => onFilter({ ...filter, fate })}
          >
            {filterWords(fate)} <span className="clew-muted">{formatCount(count)}</span>
          </button>
        ))}
      </div>
      <div className="clew-fields" role="group" aria-label="Find in the ledger">
        <input
          type="search"
          className="clew-field clew-find"
          aria-label="Find by name, id or reason, and in revealed words"
          placeholder="Find"
          value={filter.text}
          onChange={({ target }) => onFilter({ ...filter, text: target.value })}
        />
        <Choice
          name="Part of the prompt"
          all="All parts"
          options={parts.map((category) => [category, categoryWords[category]])}
          value={filter.category}
          onChange={(category) => onFilter({ ...filter, category })}
        />
        <Choice
          name="Tool"
          all="All tools"
          options={tools.map((tool) => [tool, tool])}
          value={filter.tool}
          onChange={(tool) => onFilter({ ...filter, tool })}
        />
      </div>
    </>
  );
}

function choicesOf(entries: readonly LedgerEntry[]) {
  const rows = entries.flatMap((entry) => entry.rows);
  const met = new Set(rows.map(({ category }) => category));
  return {
    fates: fateFilters
      .map((fate) => ({ fate, count: countRows(entries, fate) }))
      .filter(({ fate, count }) => count > 0 || fate === 'gone'),
    parts: categories.filter((category) => met.has(category)),
    tools: [...new Set(rows.flatMap(({ tool }) => tool ?? []))].toSorted((a, b) => a.localeCompare(b)),
  };
}
