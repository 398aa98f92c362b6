import type { LedgerRow } from '@clew/core';
import { isVisible } from '@clew/core';
import type { Comparison } from './compare-ledgers.ts';

const previewCharacters = 44;
/** How a fate is shown on a terminal with colours: what stays is dim, what left is red, what is new is green. */
const colours: Readonly<Record<string, string>> = {
  kept: '2',
  protected: '2',
  trimmed: '33',
  cleared: '33',
  summarized: '31',
  dropped: '31;1',
  inserted: '32',
};

/** Before on the left, after on the right, a line an item; what was put in stands where the first item left. */
export function diffText({ ledger, inserted }: Comparison, hasColours: boolean): string {
  const paint = (fate: string, text: string) =>
    hasColours ? `\u001B[${colours[fate] ?? '0'}m${text}\u001B[0m` : text;
  const first = ledger.findIndex(({ fate }) => !isVisible(fate));
  const place = first === -1 ? ledger.length : first;
  const line = (row: LedgerRow) => paint(row.fate, lineOf(row));
  return [
    `${'#'.padStart(5)}  ${'before'.padEnd(previewCharacters + 11)} ${'tokens'.padStart(7)}  ${'fate'.padEnd(10)} ${'tokens'.padStart(7)}  after`,
    ...ledger.slice(0, place).map(line),
    ...inserted.map((row) => paint('inserted', insertedLine(row))),
    ...ledger.slice(place).map(line),
  ].join('\n');
}

function lineOf(row: LedgerRow): string {
  const { index, fate, tokens, tokensAfter, reason } = row;
  const what = `${kindOf(row).padEnd(10)} ${shown(row)}`.padEnd(previewCharacters + 11);
  const end = isVisible(fate) ? (tokensAfter === tokens ? '=' : (reason ?? '')) : (reason ?? '');
  return `${String(index ?? '').padStart(5)}  ${what} ${String(tokens).padStart(7)}  ${fate.padEnd(10)} ${String(tokensAfter).padStart(7)}  ${end}`.trimEnd();
}

function insertedLine(row: LedgerRow): string {
  return `${'+'.padStart(5)}  ${''.padEnd(previewCharacters + 11)} ${''.padStart(7)}  ${'inserted'.padEnd(10)} ${String(row.tokens).padStart(7)}  ${shown(row)}`;
}

function kindOf({ kind, role }: LedgerRow): string {
  return kind === 'message' ? role : kind;
}

function shown({ preview, tool }: LedgerRow): string {
  const text = `${tool === undefined ? '' : `[${tool}] `}${preview}`.replace(/\s+/gu, ' ').trim();
  return text.length > previewCharacters ? `${text.slice(0, previewCharacters - 1)}…` : text;
}
