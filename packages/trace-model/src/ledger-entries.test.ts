import * as fc from 'fast-check';
import type { LedgerRow } from '@clew/semconv';
import { describe, expect, it } from 'vitest';
import { ledgerEntries } from './ledger-entries.ts';

function row(more: Partial<LedgerRow> = {}): LedgerRow {
  return {
    id: 'i',
    role: 'user',
    kind: 'message',
    category: 'user',
    fate: 'kept',
    tokens: 1,
    tokens_after: 1,
    sequence: 0,
    ...more,
  };
}
const call = row({ kind: 'call', pair: 'c1' });
const result = row({ kind: 'result', pair: 'c1', role: 'tool' });

const integrity = (...rows: LedgerRow[]): string | undefined => ledgerEntries(rows)[0]?.integrity;

describe('ledgerEntries', () => {
  it('joins a call with its result, also when others lie between', () => {
    const entries = ledgerEntries([row(), call, row(), result]);
    expect(entries.map((entry) => entry.rows.length)).toEqual([1, 2, 1]);
    expect(entries.map((entry) => entry.integrity)).toEqual(['whole', 'whole', 'whole']);
  });

  it('marks a call that waits, a result without a call, and a pair that was split', () => {
    expect(integrity(call)).toBe('open');
    expect(integrity(result)).toBe('orphan');
    expect(integrity({ ...call, fate: 'dropped' }, result)).toBe('split');
    expect(integrity({ ...call, fate: 'dropped' }, { ...result, fate: 'summarized' })).toBe('whole');
    expect(integrity(call, { ...result, fate: 'cleared' })).toBe('whole');
  });

  it('shows every row exactly once, under keys that are distinct', () => {
    const rows = fc.array(fc.record({ pair: fc.constantFrom(undefined, 'a', 'b'), id: fc.string() }));
    fc.assert(
      fc.property(rows, (drafts) => {
        const given = drafts.map(({ pair, id }) => row(pair === undefined ? { id } : { id, pair }));
        const entries = ledgerEntries(given);
        expect(new Set(entries.flatMap((entry) => entry.rows))).toEqual(new Set(given));
        expect(entries.flatMap((entry) => entry.rows)).toHaveLength(given.length);
        expect(new Set(entries.map((entry) => entry.key)).size).toBe(entries.length);
      }),
    );
  });
});
