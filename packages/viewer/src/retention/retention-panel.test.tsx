// @vitest-environment jsdom
import { retentionOf, type Cut, type Session } from '@clew/trace-model';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { useReveal } from '../use-reveal.ts';
import { CutRetention } from './cut-retention.tsx';
import { factWords, keptOf } from './fact-words.ts';
import { retentionMatrix } from './retention-matrix.ts';
import { RetentionPanel } from './retention-panel.tsx';

afterEach(cleanup);

const session = recordedSession({ isMeasured: true });
const ignore = (): void => undefined;

function Panel({
  of = session,
  onSelect = ignore,
}: {
  readonly of?: Session;
  readonly onSelect?: (id: string) => void;
}): ReactNode {
  return <RetentionPanel session={of} reveal={useReveal()} onSelect={onSelect} />;
}

describe('the retention of a session', () => {
  it('is a table of kept of total by kind, at each compaction', () => {
    render(<Panel />);
    const { kinds, cuts } = retentionOf(session);
    for (const { kind, cells } of kinds) {
      const row = screen.getByRole('rowheader', { name: factWords[kind] }).closest('tr');
      const texts = within(row ?? document.body).getAllByRole('cell');
      for (const [at, cell] of cells.entries())
        expect(texts[at]?.textContent).toContain(cell === undefined ? 'none' : keptOf(cell));
    }
    expect(screen.getAllByRole('columnheader')).toHaveLength(cuts.length + 1);
  });

  it('tells of the chosen compaction what was evicted and why, and leads to it', () => {
    const opened: string[] = [];
    render(<Panel onSelect={(id) => opened.push(id)} />);
    fireEvent.click(screen.getByRole('button', { name: 'Compaction 2' }));
    const why = screen.getByRole('group', { name: 'Why, at compaction 2' });
    expect(why.textContent).toContain('The fact sheet has 310 tokens');
    expect(why.textContent).toContain('3 facts evicted for good');
    expect(why.textContent).toContain('1 of them had been carried on by an earlier compaction.');
    fireEvent.click(within(why).getByRole('button', { name: 'Open it' }));
    expect(opened).toEqual([session.cuts.find((cut) => cut.number === 2)?.id]);
  });

  it('has a column of not told for a compaction that did not measure it', () => {
    const [first, ...others] = session.cuts;
    if (first === undefined) throw new Error('The recorded session has no cut.');
    const { retention: _retention, ...untold } = first;
    render(<Panel of={{ ...session, cuts: [untold, ...others] }} />);
    for (const row of screen.getAllByRole('row').slice(1))
      expect(within(row).getAllByRole('cell')[0]?.textContent).toBe('not told');
    expect(screen.getByText(/1 compaction did not measure it/)).toBeDefined();
  });

  it('shows ten compactions at a time, the latest first', () => {
    const cuts = Array.from({ length: 5 }, (_, round) =>
      session.cuts.map((cut) => ({ ...cut, id: `${cut.id} ${round}` })),
    ).flat();
    const changed = cuts.filter(({ kind }) => kind === 'changed').length;
    render(<Panel of={{ ...session, cuts }} />);
    expect(screen.getAllByRole('columnheader')).toHaveLength(11);
    expect(screen.getByText(`${changed - 9} to ${changed} of ${changed} compactions`)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Earlier compactions' }));
    expect(screen.getByText(`${changed - 19} to ${changed - 10} of ${changed} compactions`)).toBeDefined();
  });

  it('says that it was not told, and that nothing could be lost where nothing has left', () => {
    render(<Panel of={recordedSession()} />);
    expect(screen.getByText(/^Not told: these 4 compactions/)).toBeDefined();
    cleanup();
    render(<Panel of={recordedSession({ calls: 3 })} />);
    expect(screen.getByText(/^Nothing has left the context so far/)).toBeDefined();
  });
});

describe('the matrix', () => {
  it('tells a state for each kind, and how many fewer can be read than before', () => {
    const { rows } = retentionMatrix(session);
    const paths = rows.find(({ kind }) => kind === 'path')?.cells ?? [];
    expect(paths.map(({ state }) => state)).toEqual(paths.map(() => 'part'));
    expect(paths.slice(1).map(({ change }) => change)).toEqual(
      paths.slice(1).map(({ of }, at) => (of?.kept ?? 0) - (paths[at]?.of?.kept ?? 0)),
    );
    const errors = rows.find(({ kind }) => kind === 'error')?.cells ?? [];
    expect(errors[0]).toEqual({ state: 'none' });
  });
});

describe('the retention of a compaction', () => {
  const cut = lastMeasured();
  function Shown({ of = cut }: { readonly of?: Cut }): ReactNode {
    return <CutRetention cut={of} reveal={useReveal()} />;
  }

  it('keeps what was evicted out of the page until it is revealed', () => {
    render(<Shown />);
    expect(document.body.innerHTML).not.toContain('src/old-4.ts');
    expect(screen.getByText(/7 facts evicted for good: what named them has left the context/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Reveal 1 evicted fact' }));
    expect(within(screen.getByRole('list')).getByText('src/old-4.ts')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Hide evicted facts' }));
    expect(document.body.innerHTML).not.toContain('src/old-4.ts');
  });

  it('says so where the texts were not captured', () => {
    const { evicted_facts: _texts, ...retention } = cut.retention ?? { evicted: 0 };
    render(<Shown of={{ ...cut, retention: retention as NonNullable<typeof cut.retention> }} />);
    expect(screen.getByText('The texts of what was evicted were not captured.')).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });
});

function lastMeasured(): Cut {
  const cut = session.cuts.findLast(({ retention }) => retention !== undefined);
  if (cut === undefined) throw new Error('The recorded session has no measured cut.');
  return cut;
}
