import type { ReactNode } from 'react';

/** One of several, or all of them. Nothing to choose from, nothing to see. */
export function Choice<TValue extends string>({
  name,
  all,
  options,
  value,
  onChange,
}: {
  readonly name: string;
  /** The words for no choice. */
  readonly all: string;
  readonly options: readonly (readonly [value: TValue, words: string])[];
  readonly value: TValue | undefined;
  readonly onChange: (value: TValue | undefined) => void;
}): ReactNode {
  if (options.length < 2 && value === undefined) return null;
  return (
    <select
      className="clew-field"
      aria-label={name}
      value={value ?? ''}
      onChange={({ target }) => onChange(options.find(([option]) => option === target.value)?.[0])}
    >
      <option value="">{all}</option>
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  );
}
