import type { LedgerRow } from '@clew/semconv';
import { describe, expect, it } from 'vitest';
import { fitLedger } from './fit-ledger.ts';

const rowsOf = (count: number, preview: string): LedgerRow[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    id: '0123456789abcdef',
    role: 'tool',
    kind: 'result',
    category: 'tool_results',
    fate: index % 2 === 0 ? 'kept' : 'summarized',
    tokens: 1000,
    tokens_after: 0,
    sequence: 1,
    archive_ref: `/var/archive/session/transcript-pre-compact-001.jsonl`,
    preview,
  }));
const words = 'x'.repeat(120);

describe('a ledger', () => {
  it('is whole where it fits', () => {
    const rows = rowsOf(100, words);
    expect(fitLedger(rows)).toEqual(rows);
  });

  it('gives up the words of what is still visible first', () => {
    const fitted = fitLedger(rowsOf(480, words)) ?? [];
    expect(fitted).toHaveLength(480);
    expect(
      fitted.filter(({ preview }) => preview !== undefined).every(({ fate }) => fate === 'summarized'),
    ).toBe(true);
    expect(fitted.some(({ preview }) => preview !== undefined)).toBe(true);
  });

  it.each([
    [600, 'archive_ref'],
    [800, 'fate'],
  ] as const)('keeps every row of %i', (count, field) => {
    const fitted = fitLedger(rowsOf(count, words)) ?? [];
    expect(fitted).toHaveLength(count);
    expect(fitted.every((row) => row[field] !== undefined && row.preview === undefined)).toBe(true);
    expect(JSON.stringify(fitted).length).toBeLessThanOrEqual(150_000);
  });

  it('counts bytes, not characters', () => {
    const fitted = fitLedger(rowsOf(300, '日'.repeat(120))) ?? [];
    expect(new TextEncoder().encode(JSON.stringify(fitted)).length).toBeLessThanOrEqual(150_000);
  });

  it('is left out where even its bare rows do not fit', () => {
    expect(fitLedger(rowsOf(5000, ''))).toBeUndefined();
  });
});
