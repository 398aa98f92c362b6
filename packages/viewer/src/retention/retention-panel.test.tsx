// @vitest-environment jsdom
import { retentionOf } from '@clew/trace-model';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { useReveal } from '../use-reveal.ts';
import { CutRetention } from './cut-retention.tsx';
import { factWords, keptOf } from './fact-words.ts';
import { RetentionPanel } from './retention-panel.tsx';

afterEach(cleanup);

const session = recordedSession({ isMeasured: true });
const ignore = (): void => undefined;

describe('the retention of a session', () => {
  it('is a table of kept of total by kind, at each compaction and after the last', () => {
    render(<RetentionPanel session={session} onSelect={ignore} />);
    const { kinds, cuts } = retentionOf(session);
    for (const { kind, cells, last } of kinds) {
      const row = screen.getByRole('rowheader', { name: factWords[kind] }).closest('tr');
      const texts = within(row ?? document.body)
        .getAllByRole('cell')
        .map((cell) => cell.textContent);
      expect(texts).toEqual([...cells, last].map((cell) => (cell === undefined ? 'none' : keptOf(cell))));
    }
    expect(screen.getAllByRole('columnheader')).toHaveLength(cuts.length + 2);
  });

  it('opens a compaction from its column', () => {
    const opened: string[] = [];
    render(<RetentionPanel session={session} onSelect={(id) => opened.push(id)} />);
    fireEvent.click(screen.getByRole('button', { name: 'Compaction 2' }));
    expect(opened).toEqual([session.cuts.find((cut) => cut.number === 2)?.id]);
  });

  it('says that it was not measured, and is not there where nothing was compacted', () => {
    render(<RetentionPanel session={recordedSession()} onSelect={ignore} />);
    expect(screen.getByText(/^Not measured/)).toBeDefined();
    cleanup();
    render(<RetentionPanel session={recordedSession({ calls: 3 })} onSelect={ignore} />);
    expect(screen.queryByRole('region', { name: 'Retention' })).toBeNull();
  });
});

describe('the retention of a compaction', () => {
  const cut = session.cuts.findLast(({ retention }) => retention !== undefined);
  if (cut === undefined) throw new Error('The recorded session has no measured cut.');
  function Shown({ of = cut }: { readonly of?: typeof cut }): ReactNode {
    return of === undefined ? null : <CutRetention cut={of} reveal={useReveal()} />;
  }

  it('keeps what was evicted out of the page until it is revealed', () => {
    render(<Shown />);
    expect(document.body.innerHTML).not.toContain('src/old-4.ts');
    expect(screen.getByText(/7 facts evicted: what named them has left the context/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Reveal 1 evicted fact' }));
    expect(within(screen.getByRole('list')).getByText('src/old-4.ts')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Hide evicted facts' }));
    expect(document.body.innerHTML).not.toContain('src/old-4.ts');
  });

  it('says so where the texts were not captured', () => {
    const { evicted_facts: _texts, ...retention } = cut.retention ?? { evicted: 0 };
    render(<Shown of={{ ...cut, retention: retention as NonNullable<typeof cut.retention> }} />);
    expect(screen.getByText('Their texts were not captured.')).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
