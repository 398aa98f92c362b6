import type { Cut, LedgerRow } from '@clew/trace-model';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ClewRoot } from '../clew-root.tsx';
import { expectNoViolations } from '../no-violations.fixture.ts';
import { recordedSession } from '../recorded-session.fixture.ts';
import { useReveal } from '../use-reveal.ts';
import { CutView } from './cut-view.tsx';

const session = recordedSession({ isMeasured: true });
const compacted = secondSummary();

const hugeLedger: readonly LedgerRow[] = Array.from({ length: 10_000 }, (_, index) => ({
  id: `item-${index}`,
  role: 'tool',
  kind: 'message',
  category: 'tool_results',
  fate: 'dropped',
  tokens: index,
  tokens_after: 0,
  sequence: 1,
  index,
  preview: `secret ${index}`,
}));

function Shown({ cut = compacted }: { readonly cut?: Cut }): ReactNode {
  return (
    <ClewRoot>
      <CutView cut={cut} session={session} reveal={useReveal()} />
    </ClewRoot>
  );
}

function secondSummary(): Cut {
  const [, second] = session.cuts.filter((cut) => cut.outcome === 'compacted');
  if (second === undefined) throw new Error('The recorded session has no second summary.');
  return second;
}

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Items and their fates' });
const rows = (): HTMLElement[] => within(grid()).getAllByRole('row').slice(1);
const focused = (): string | null => document.activeElement?.getAttribute('aria-rowindex') ?? null;

describe('a cut in a browser', () => {
  it.each([360, 1600, 3840])('has no accessibility violation and fits, %i px wide', async (width) => {
    await page.viewport(width, 900);
    const { container } = render(<Shown />);
    fireEvent.click(screen.getByRole('button', { name: 'Reveal summary' }));
    fireEvent.click(screen.getByRole('button', { name: 'Against v1' }));
    fireEvent.click(screen.getAllByRole('button', { name: /^Details of/ })[1] ?? container);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    await expectNoViolations(container);
  });

  it('holds in the page only the rows in sight of ten thousand', async () => {
    await page.viewport(1280, 800);
    render(<Shown cut={{ ...compacted, ledger: hugeLedger }} />);
    await waitFor(() => expect(rows().length).toBeGreaterThan(10));
    expect(rows().length).toBeLessThan(60);
    expect(grid().getAttribute('aria-rowcount')).toBe('10001');
    grid().scrollTop = grid().scrollHeight;
    await waitFor(() => expect(within(grid()).getByText('9999')).toBeDefined());
    expect(rows().length).toBeLessThan(60);
  });

  it('goes from row to row by keys, opens one and reveals its words, and no other', async () => {
    await page.viewport(1280, 800);
    const { container } = render(<Shown cut={{ ...compacted, ledger: hugeLedger }} />);
    await waitFor(() => expect(rows().length).toBeGreaterThan(10));
    rows()[0]?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(focused()).toBe('4');
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(focused()).toBe('10001'));
    await userEvent.keyboard('{Home}{Enter}');
    await waitFor(() => expect(focused()).toBe('2'));
    expect(within(rows()[0] ?? container).getByText('item-0')).toBeDefined();
    expect(container.innerHTML).not.toContain('secret');
    await userEvent.keyboard('v');
    expect(within(rows()[0] ?? container).getByText('secret 0')).toBeDefined();
    expect(container.innerHTML).not.toContain('secret 1');
  });

  it('sorts by tokens and finds by id', async () => {
    await page.viewport(1280, 800);
    render(<Shown cut={{ ...compacted, ledger: hugeLedger }} />);
    grid().scrollTop = 9_000;
    fireEvent.click(within(grid()).getByRole('button', { name: 'Tokens' }));
    await waitFor(() => expect(rows()[1]?.textContent).toContain('9998'));
    expect(within(grid()).getByRole('columnheader', { name: 'Tokens' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    await userEvent.fill(screen.getByRole('searchbox'), 'item-777');
    await screen.findByText('11 of 10,000 rows; a call and its result are one.');
    expect(
      rows()
        .map(({ textContent }) => textContent)
        .join(),
    ).not.toContain('9998');
  });
});
