import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from './audit.ts';
import type { Cut } from './cut.ts';
import { fold } from './model.ts';
import { recordSession } from './testing/index.ts';

const cuts = fold(recordSession()).sessions[0]?.cuts ?? [];
function withRecord(cut: Cut, change: (record: NonNullable<Cut['run']['record']>) => object): Cut {
  const { record } = cut.run;
  if (record === undefined) throw new Error('The cut has no record.');
  return { ...cut, run: { ...cut.run, record: { ...record, ...change(record) } } };
}
const [cut] = cuts;
if (cut === undefined) throw new Error('The recorded session has no cut.');

describe('audit', () => {
  it('finds every recorded compaction balanced', () => {
    expect(cuts.map((each) => audit(each).state)).toEqual(cuts.map(() => 'balanced'));
    expect(audit(cut).checked).toEqual(['before', 'after', 'coverage', 'rows', 'rows_after']);
  });

  it('calls what has no fate unaccounted, in items and in tokens', () => {
    const lossy = withRecord(cut, ({ tokens, count }) => ({
      tokens: { ...tokens, before: tokens.before + 1_204 },
      count: { ...count, before: count.before + 2 },
    }));
    expect(audit(lossy)).toMatchObject({ state: 'unbalanced', unaccounted: { items: 2, tokens: 1_204 } });
  });

  it('notices whichever total is moved, and by how much', () => {
    const fields = [
      'before',
      'after',
      'fixed',
      'stayed',
      'inserted',
      'kept',
      'summarized',
      'dropped',
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.integer({ min: 1, max: 5_000 }), (field, by) => {
        const moved = audit(
          withRecord(cut, ({ tokens }) => ({ tokens: { ...tokens, [field]: tokens[field] + by } })),
        );
        expect(moved.state).toBe('unbalanced');
        expect(moved.discrepancies.map((each) => Math.abs(each.missing))).toContain(by);
      }),
    );
  });

  it('notices a row that is missing from the ledger', () => {
    const short = withRecord(cut, ({ ledger = [] }) => ({ ledger: ledger.slice(1) }));
    expect(audit(short).discrepancies).toEqual(
      expect.arrayContaining([expect.objectContaining({ law: 'rows', unit: 'items', missing: 1 })]),
    );
  });

  it('does not check rows that are stored elsewhere', () => {
    const elsewhere = withRecord(cut, () => ({ ledger: undefined, ledger_ref: 's3://ledgers/1' }));
    expect(audit(elsewhere)).toMatchObject({ state: 'balanced', checked: ['before', 'after', 'coverage'] });
  });

  it('measures nothing before the run has ended', () => {
    const { record: _record, ...run } = cut.run;
    expect(audit({ ...cut, run }).state).toBe('unmeasured');
  });
});
