import type { Basis } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { exactTokens, formatChange, formatTokens } from './format/tokens.ts';

/** A number of tokens: short to read, exact in its title, `~` where it is an estimate. */
export function Tokens({
  count,
  basis,
  isChange = false,
}: {
  readonly count: number | undefined;
  readonly basis?: Basis | undefined;
  readonly isChange?: boolean;
}): ReactNode {
  if (count === undefined) return <span className="clew-unknown">unknown</span>;
  const text = isChange ? formatChange(count) : formatTokens(count, basis);
  return (
    <span className="clew-number" title={exactTokens(count, basis)}>
      {text}
    </span>
  );
}
