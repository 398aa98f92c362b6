import type { ReactNode } from 'react';

/** The head of a column by which rows can be sorted. */
export function SortHead({
  name,
  sorted,
  onSort,
  isRight = false,
  className = '',
}: {
  readonly name: string;
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
  readonly isRight?: boolean;
  readonly className?: string;
}): ReactNode {
  return (
    <span
      role="columnheader"
      className={`clew-cell ${isRight ? 'clew-right' : ''} ${className}`}
      aria-sort={sorted ?? 'none'}
    >
      <button type="button" className="clew-sort" onClick={onSort}>
        {name}
        <span aria-hidden="true">{sorted === undefined ? '' : sorted === 'ascending' ? ' ↑' : ' ↓'}</span>
      </button>
    </span>
  );
}
