import { fates, type Fate, type RunRecord } from '@clew/semconv';
import type { Cut } from './cut.ts';
import { staysInContext } from './fate-sums.ts';

/** The sums that must agree. `rows` compares the listed items with the run's totals. */
export type Law = 'before' | 'after' | 'rows' | 'rows_after' | 'coverage';

/** Two sums that do not agree. `missing` is expected less accounted; below 0, too much was accounted for. */
export type Discrepancy = {
  readonly law: Law;
  readonly unit: 'items' | 'tokens';
  /** Whose rows, for `rows`. */
  readonly fate?: Fate;
  readonly expected: number;
  readonly accounted: number;
  readonly missing: number;
};

/** `unmeasured`: the run has not ended or its record is not readable, so nothing can be checked. */
export type Audit = {
  readonly state: 'balanced' | 'unbalanced' | 'unmeasured';
  readonly discrepancies: readonly Discrepancy[];
  /** Before the run, in no fate: what nobody can say anything about. */
  readonly unaccounted: { readonly items: number; readonly tokens: number };
  /** Laws that could be checked; `rows` needs the ledger inline. */
  readonly checked: readonly Law[];
};

/** Checks that every item and token that a run met has exactly one fate. */
export function audit(cut: Cut): Audit {
  const record = cut.run.record;
  if (record === undefined) {
    return { state: 'unmeasured', discrepancies: [], unaccounted: { items: 0, tokens: 0 }, checked: [] };
  }
  const checks = [...totals(record), ...rows(record)];
  const discrepancies = checks.filter((check) => check.missing !== 0);
  const missing = (unit: Discrepancy['unit']): number =>
    discrepancies.find((check) => check.law === 'before' && check.unit === unit)?.missing ?? 0;
  return {
    state: discrepancies.length === 0 ? 'balanced' : 'unbalanced',
    discrepancies,
    unaccounted: { items: Math.max(0, missing('items')), tokens: Math.max(0, missing('tokens')) },
    checked: [...new Set(checks.map((check) => check.law))],
  };
}

function totals({ tokens, count, coverage }: RunRecord): readonly Discrepancy[] {
  const overFates = (of: Readonly<Record<Fate, number>>): number => total(fates.map((fate) => of[fate]));
  const staying = total(fates.filter(staysInContext).map((fate) => count[fate]));
  return [
    compare('before', 'items', count.before, overFates(count)),
    compare('before', 'tokens', tokens.before, tokens.fixed + overFates(tokens)),
    compare('after', 'items', count.after, staying + count.inserted),
    compare('after', 'tokens', tokens.after, tokens.fixed + tokens.stayed + tokens.inserted),
    compare('coverage', 'items', coverage.seen, coverage.visible + coverage.summarized + coverage.dropped),
  ];
}

function rows({ ledger, tokens, count }: RunRecord): readonly Discrepancy[] {
  if (ledger === undefined) return [];
  const after = total(ledger.map((row) => row.tokens_after));
  return [
    ...fates.flatMap((fate) => {
      const listed = ledger.filter((row) => row.fate === fate);
      return [
        { ...compare('rows', 'items', count[fate], listed.length), fate },
        { ...compare('rows', 'tokens', tokens[fate], total(listed.map((row) => row.tokens))), fate },
      ];
    }),
    compare('rows_after', 'tokens', tokens.stayed, after),
  ];
}

function compare(law: Law, unit: Discrepancy['unit'], expected: number, accounted: number): Discrepancy {
  return { law, unit, expected, accounted, missing: expected - accounted };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}
