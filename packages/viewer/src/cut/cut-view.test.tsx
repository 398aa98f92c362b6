// @vitest-environment jsdom
import { ledgerEntries, type Cut } from '@clew/trace-model';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { formatTokens } from '../format/tokens.ts';
import { useReveal } from '../use-reveal.ts';
import { CutView } from './cut-view.tsx';
import { fateParts } from './fate-parts.ts';
import { partWords } from './part-words.ts';

afterEach(cleanup);

const session = recordedSession();
const { cuts } = session;
const cutWith = (outcome: Cut['outcome']): Cut => {
  const found = cuts.find((cut) => cut.outcome === outcome);
  if (found === undefined) throw new Error(`The recorded session has no cut that ended as ${outcome}.`);
  return found;
};
const compacted = cutWith('compacted');

const nothingRevealed = { isRevealed: () => false, set: () => undefined, hideAll: () => undefined, count: 0 };

function Shown({ cut }: { readonly cut: Cut }): ReactNode {
  return <CutView cut={cut} session={session} reveal={useReveal()} />;
}

const ledger = (): HTMLElement => screen.getByRole('region', { name: 'Ledger' });
/** An item alone, or a call with its result: one row. */
const rows = (): HTMLElement[] => within(within(ledger()).getByRole('grid')).getAllByRole('row').slice(1);
const filter = (name: RegExp): HTMLElement => within(ledger()).getByRole('button', { name });

describe('the ledger of a cut', () => {
  it('first shows what the model no longer sees', () => {
    render(<Shown cut={compacted} />);
    const gone =
      compacted.ledger?.filter((row) => ['summarized', 'dropped', 'cleared'].includes(row.fate)) ?? [];
    expect(filter(/No longer visible to the model/).getAttribute('aria-pressed')).toBe('true');
    expect(filter(/No longer visible to the model/).textContent).toContain(String(gone.length));
    for (const row of rows()) expect(row.textContent).toMatch(/Summarised|Dropped|Cleared/);
  });

  it('shows one fate, or every item', () => {
    render(<Shown cut={compacted} />);
    fireEvent.click(filter(/^Kept/));
    for (const row of rows()) expect(row.textContent).toContain('Kept');
    fireEvent.click(filter(/^All/));
    const entries = ledgerEntries(compacted.ledger ?? []).length;
    expect(within(ledger()).getByRole('grid').getAttribute('aria-rowcount')).toBe(String(entries + 1));
  });

  it('has a call and its result in one row, with the tokens of both', () => {
    render(<Shown cut={compacted} />);
    fireEvent.click(filter(/^All/));
    const pair = ledgerEntries(compacted.ledger ?? []).find((entry) => entry.rows.length === 2);
    const [call, result] = pair?.rows ?? [];
    const place = `${call?.index ?? ''}–${result?.index ?? ''}`;
    const row = rows().find(({ textContent }) => textContent.startsWith(place));
    expect(row?.textContent).toContain('call and result');
    expect(row?.textContent).toContain(formatTokens((call?.tokens ?? 0) + (result?.tokens ?? 0)));
  });

  it('marks a result whose call is missing', () => {
    const results = compacted.ledger?.filter((row) => row.kind !== 'call') ?? [];
    render(<Shown cut={{ ...compacted, ledger: results }} />);
    expect(screen.getAllByText('result without its call').length).toBeGreaterThan(0);
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

describe('the ribbons of a cut', () => {
  it('say in words what they draw, and the table has the same sums', () => {
    render(<Shown cut={compacted} />);
    const name = screen.getByRole('img', { name: /^Before/ }).getAttribute('aria-label');
    const table = screen.getByRole('table', { name: 'Tokens by fate' });
    for (const { part, before } of fateParts(compacted)) {
      if (before === 0) continue;
      expect(name).toContain(`${partWords[part].toLowerCase()} ${formatTokens(before)}`);
      const row = within(table).getByRole('rowheader', { name: partWords[part] }).closest('tr');
      expect(row?.textContent).toContain(formatTokens(before));
    }
  });

  it('are not drawn where the end was never told, and words say so', () => {
    const { fates: _fates, ...untold } = cutWith('compacted');
    render(<Shown cut={{ ...untold, kind: 'interrupted' }} />);
    expect(screen.getByText(/^Not told: its end was never recorded/)).toBeDefined();
    expect(screen.queryByRole('img', { name: /^Before/ })).toBeNull();
  });
});

describe('the summary of a cut', () => {
  const second = cuts.filter((cut) => cut.outcome === 'compacted')[1] ?? cutWith('compacted');
  const reveal = (): void => {
    fireEvent.click(screen.getByRole('button', { name: 'Reveal summary' }));
  };

  it('tells what it covers, from which it descends, who wrote it and how it was checked', () => {
    render(<Shown cut={second} />);
    const facts = screen.getByLabelText('Where the summary comes from').textContent;
    expect(facts).toContain(`${second.summary?.covers ?? ''} items`);
    expect(facts).toContain('Descends fromv1');
    expect(facts).toContain('gpt-5.2-mini, as task state');
    expect(facts).toContain('5 of 5 sections · passed: not empty, not an error');
  });

  it('is compared with the one before once both are revealed, and neither is in the page before', () => {
    const { container } = render(<Shown cut={second} />);
    expect(container.textContent).not.toContain('Retry-After');
    reveal();
    expect(screen.getByRole('region', { name: 'Text of the summary' }).textContent).toBe(
      second.summary?.text,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Against v1' }));
    const changed = screen.getByRole('region', { name: 'What changed from v1 to v2' });
    expect([...changed.querySelectorAll('ins')].map(({ textContent }) => textContent).join('')).toContain(
      'Retry-After is a floor',
    );
    expect(changed.querySelector('del')?.textContent).toBe('v1');
  });

  it('is told of by an attempt in vain that left it standing', () => {
    render(<Shown cut={cutWith('timeout')} />);
    const facts = screen.getByLabelText('Where the summary comes from').textContent;
    expect(facts).toContain('gpt-5.2-mini, as task state');
    expect(facts).toContain('none: it is the first');
  });

  it('says that it continues one that was not recorded', () => {
    render(<CutView cut={second} reveal={nothingRevealed} />);
    expect(screen.getByLabelText('Where the summary comes from').textContent).toContain(
      'one that was not recorded',
    );
  });
});
