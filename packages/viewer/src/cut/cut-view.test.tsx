// @vitest-environment jsdom
import type { Cut } from '@clew/trace-model';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { useReveal } from '../use-reveal.ts';
import { CutView } from './cut-view.tsx';

afterEach(cleanup);

const { cuts } = recordedSession();
const cutWith = (outcome: Cut['outcome']): Cut => {
  const found = cuts.find((cut) => cut.outcome === outcome);
  if (found === undefined) throw new Error(`The recorded session has no cut that ended as ${outcome}.`);
  return found;
};
const compacted = cutWith('compacted');

function Shown({ cut }: { readonly cut: Cut }): ReactNode {
  return <CutView cut={cut} reveal={useReveal()} />;
}

const ledger = (): HTMLElement => screen.getByRole('region', { name: 'Ledger' });
const bodyRows = (): HTMLElement[] =>
  within(within(ledger()).getByRole('table')).getAllByRole('row').slice(1);
/** An item alone, or a call with its result: they are shown together where either fits. */
const groups = (): HTMLElement[] => within(ledger()).getAllByRole('rowgroup').slice(1);
const filter = (name: RegExp): HTMLElement => within(ledger()).getByRole('button', { name });

describe('the ledger of a cut', () => {
  it('first shows what the model no longer sees', () => {
    render(<Shown cut={compacted} />);
    const gone =
      compacted.ledger?.filter((row) => ['summarized', 'dropped', 'cleared'].includes(row.fate)) ?? [];
    expect(filter(/No longer visible to the model/).getAttribute('aria-pressed')).toBe('true');
    expect(filter(/No longer visible to the model/).textContent).toContain(String(gone.length));
    for (const group of groups()) expect(group.textContent).toMatch(/Summarised|Dropped|Cleared/);
  });

  it('shows one fate, or every item', () => {
    render(<Shown cut={compacted} />);
    fireEvent.click(filter(/^Kept/));
    for (const group of groups()) expect(group.textContent).toContain('Kept');
    fireEvent.click(filter(/^All/));
    expect(bodyRows().length).toBeGreaterThanOrEqual(Math.min(100, compacted.ledger?.length ?? 0));
  });

  it('joins a call and its result in one group', () => {
    render(<Shown cut={compacted} />);
    const pair = groups().find(
      (group) => group.textContent?.includes('call') && group.textContent.includes('result'),
    );
    expect(pair === undefined ? [] : within(pair).getAllByRole('row')).toHaveLength(2);
  });

  it('marks a result whose call is missing', () => {
    const rows = compacted.ledger?.filter((row) => row.kind !== 'call') ?? [];
    render(<Shown cut={{ ...compacted, ledger: rows }} />);
    expect(screen.getAllByText('result without its call').length).toBeGreaterThan(0);
  });

  it('shows a hundred entries at first, and more when asked', () => {
    const [row] = compacted.ledger ?? [];
    const many = Array.from({ length: 250 }, (_, index) => ({
      id: `i${index}`,
      role: 'user',
      kind: 'message',
      category: 'user' as const,
      fate: 'dropped' as const,
      tokens: 1,
      tokens_after: 0,
      sequence: 1,
      index,
    }));
    expect(row).toBeDefined();
    render(<Shown cut={{ ...compacted, ledger: many }} />);
    expect(bodyRows()).toHaveLength(100);
    fireEvent.click(screen.getByRole('button', { name: 'Show 100 more of 150' }));
    expect(bodyRows()).toHaveLength(200);
  });

  it('says where the rows are when they were not sent along', () => {
    const { ledger: _ledger, ...without } = compacted;
    render(<Shown cut={{ ...without, ledgerRef: 's3://ledgers/7' }} />);
    expect(screen.getByText('The ledger is stored at s3://ledgers/7.')).toBeDefined();
  });
});

describe('a cut', () => {
  it('tells the error and what was done instead', () => {
    render(<Shown cut={cutWith('fallback')} />);
    const events = screen.getByRole('list', { name: 'What happened on the way' });
    expect(events.textContent).toContain('503 from the summariser');
    expect(events.textContent).toContain('Fallback: pruning-only.');
    expect(events.textContent).toContain('transcript-pre-compact-003.jsonl');
  });

  it('raises an alarm where items have no fate', () => {
    const { record } = compacted.run;
    if (record === undefined) throw new Error('The cut has no record.');
    const tokens = { ...record.tokens, before: record.tokens.before + 1_204 };
    const count = { ...record.count, before: record.count.before + 2 };
    render(<Shown cut={{ ...compacted, run: { ...compacted.run, record: { ...record, tokens, count } } }} />);
    expect(screen.getByRole('alert').textContent).toContain('Unaccounted: 2 items, 1,204 tokens.');
    expect(
      within(screen.getByRole('table', { name: 'Tokens by fate' })).getByText('Unaccounted'),
    ).toBeDefined();
  });

  it('shows an attempt in vain without inventing a saving', () => {
    render(<Shown cut={cutWith('timeout')} />);
    expect(screen.getByRole('heading', { name: /Failed attempt/ })).toBeDefined();
    expect(screen.getByText('timed out')).toBeDefined();
    expect(screen.getByText('unchanged')).toBeDefined();
    expect(filter(/^All/).getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(filter(/No longer visible/));
    expect(screen.getByText('Nothing: the model still sees every item.')).toBeDefined();
  });

  it.each([
    ['ref', { ref: 's3://x/1' }, 'The text is stored at s3://x/1.'],
    ['redacted', {}, 'The text was redacted as a whole before it left the process.'],
    ['opaque', {}, 'The provider keeps the text encrypted.'],
    ['absent', {}, 'The text was not captured.'],
  ] as const)('says why a summary in state %s has no text', (state, more, words) => {
    const { text: _text, ...summary } = compacted.summary ?? cutWith('compacted').summary ?? neverSummary();
    render(<Shown cut={{ ...compacted, summary: { ...summary, ...more, state } }} />);
    expect(screen.getByText(words)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Reveal summary' })).toBeNull();
  });
});

function neverSummary(): never {
  throw new Error('The cut has no summary.');
}

describe('the bars of a cut', () => {
  it('have one part that was kept, also where tokens stayed that are in no row', () => {
    render(<Shown cut={{ ...compacted, after: (compacted.after ?? 0) + 5_000 }} />);
    const bars = screen.getByRole('img', { name: /^Before/ });
    const kept = bars.querySelectorAll('.clew-part-kept');
    expect(kept).toHaveLength(2);
    expect(kept[1]?.getAttribute('title')).not.toBe(kept[0]?.getAttribute('title'));
  });
});
