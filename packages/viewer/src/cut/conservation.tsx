import { audit, type Cut, type Discrepancy, type Law } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { Glyph } from '../glyph.tsx';
import { fateWords, plural } from '../words.ts';

const lawWords: Record<Law, string> = {
  before: 'Before the cut',
  after: 'After the cut',
  rows: 'Rows of the ledger',
  rows_after: 'Rows of the ledger, after the cut',
  coverage: 'Items ever seen',
};

/** Whether everything that was there has a fate: the law of conservation, checked here and not only claimed. */
export function Conservation({ cut }: { readonly cut: Cut }): ReactNode {
  const { state, discrepancies, unaccounted } = audit(cut);
  if (state === 'unmeasured') return null;
  if (state === 'balanced') {
    return (
      <p className="clew-verdict clew-tone-good">
        <Glyph name="check" />
        Everything is accounted for: every item and every token has one fate.
      </p>
    );
  }
  const isLost = unaccounted.items + unaccounted.tokens > 0;
  return (
    <div className="clew-verdict clew-tone-bad" role="alert">
      <Glyph name="triangle" />
      <div>
        <strong>
          {isLost
            ? `Unaccounted: ${plural(unaccounted.items, 'item')}, ${formatCount(unaccounted.tokens)} tokens.`
            : 'The sums do not add up.'}
        </strong>
        <ul>
          {discrepancies.map((discrepancy) => (
            <li key={`${discrepancy.law} ${discrepancy.unit} ${discrepancy.fate ?? ''}`}>
              {sentence(discrepancy)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function sentence({ law, unit, fate, expected, accounted, missing }: Discrepancy): string {
  const difference = missing > 0 ? `${formatCount(missing)} missing` : `${formatCount(-missing)} too many`;
  const which = fate === undefined ? '' : `, ${fateWords[fate].toLowerCase()}`;
  return `${lawWords[law]}${which}: ${formatCount(accounted)} of ${formatCount(expected)} ${unit}, ${difference}.`;
}
