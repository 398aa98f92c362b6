import { ledgerEntries, staysInContext, type LedgerRow } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { countRows, filterEntries, type LedgerFilter } from './ledger-filter.ts';
import { entryTokens, nextOrder, orderEntries, type LedgerOrder } from './ledger-order.ts';

const ledger = recordedSession().cuts.flatMap((cut) => cut.ledger ?? []);
const entries = ledgerEntries(ledger);
const everything: LedgerFilter = { fate: 'all', category: undefined, tool: undefined, text: '' };
const hidden = (): boolean => false;
const rowsOf = (filter: Partial<LedgerFilter>, isRevealed: (row: LedgerRow) => boolean = hidden) =>
  filterEntries(entries, { ...everything, ...filter }, isRevealed).map(({ rows }) => rows);

describe('the filter of a ledger', () => {
  it('has no longer visible to the model what left, and what was cleared', () => {
    const shown = rowsOf({ fate: 'gone' });
    expect(shown.length).toBeGreaterThan(0);
    for (const rows of shown) {
      expect(rows.some(({ fate }) => !staysInContext(fate) || fate === 'cleared')).toBe(true);
    }
    expect(countRows(entries, 'gone')).toBe(
      ledger.filter(({ fate }) => !staysInContext(fate) || fate === 'cleared').length,
    );
  });

  it('wants all that is asked of one and the same row', () => {
    const shown = rowsOf({ fate: 'cleared', category: 'tool_results', tool: 'read_file' });
    expect(shown.length).toBeGreaterThan(0);
    for (const rows of shown) {
      expect(rows).toContainEqual(
        expect.objectContaining({ fate: 'cleared', category: 'tool_results', tool: 'read_file' }),
      );
    }
    expect(rowsOf({ category: 'tool_calls', fate: 'cleared' })).toEqual([]);
  });

  it('finds names, ids and reasons, whatever the case', () => {
    const [row] = ledger;
    expect(rowsOf({ text: row?.id.toUpperCase() ?? '' }).length).toBeGreaterThan(0);
    expect(rowsOf({ text: ' Older Than ' }).length).toBeGreaterThan(0);
    expect(rowsOf({ text: 'no such words' })).toEqual([]);
  });

  it('finds words of a preview only where they are revealed', () => {
    const row = ledger.find(({ preview }) => preview?.includes('retryAfter'));
    expect(row).toBeDefined();
    expect(rowsOf({ text: 'retryAfter' })).toEqual([]);
    expect(rowsOf({ text: 'retryAfter' }, (candidate) => candidate === row)).toHaveLength(1);
  });
});

describe('the order of a ledger', () => {
  const ordered = (order: LedgerOrder): readonly number[] =>
    orderEntries(entries, order).map((entry) => entryTokens(entry).before);

  it('is that of the prompt until another is asked for', () => {
    expect(orderEntries(entries, undefined)).toBe(entries);
    const most = ordered({ by: 'tokens', isDescending: true });
    expect(most).toEqual(most.toSorted((a, b) => b - a));
    expect(most).toHaveLength(entries.length);
    expect(ordered({ by: 'tokens', isDescending: false })).toEqual(most.toReversed());
  });

  it('goes one way, the other way, and back', () => {
    const first = nextOrder(undefined, 'tokens');
    const second = nextOrder(first, 'tokens');
    expect([first, second, nextOrder(second, 'tokens')]).toEqual([
      { by: 'tokens', isDescending: true },
      { by: 'tokens', isDescending: false },
      undefined,
    ]);
    expect(nextOrder(first, 'item')).toEqual({ by: 'item', isDescending: false });
  });
});
