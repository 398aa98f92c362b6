import type { Span } from '@clew/trace-model';
import { recordSession } from '@clew/trace-model/testing';
import { render, screen, waitFor, within } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { expectNoViolations } from '../no-violations.fixture.ts';
import type { AriadneEvent } from './ariadne-event.ts';
import { CompactionPanel } from './compaction-panel.tsx';
import type { AriadneSelection } from './use-ariadne-host.ts';

const spans = recordSession({ calls: 40 });
const events = spans.map(asAriadne).toReversed();
const runs = spans.filter(({ name }) => name === 'compact.run');

function asAriadne({ traceId, id, parentId, name, kind, start, end, status, attrs }: Span): AriadneEvent {
  const iso = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString());
  return {
    type: 'span',
    trace_id: traceId,
    span_id: id,
    parent_id: parentId,
    name,
    kind,
    started_at: iso(start),
    ended_at: iso(end),
    status,
    data: attrs,
  };
}

/** The part of Ariadne's App that matters: its state, its tree of rows, and its handler of Space. */
function Ariadne({
  events: all,
  onReveal,
}: {
  readonly events: readonly AriadneEvent[];
  readonly onReveal?: (id: string, field: string) => void;
}): ReactNode {
  const [selected, setSelected] = useState<AriadneSelection | null>(null);
  return (
    <div style={{ width: 550 }}>
      <output aria-label="Selection">{selected?.kind === 'span' ? selected.spanId : 'none'}</output>
      {runs.map(({ traceId, id }) => (
        <button key={id} type="button" onClick={() => setSelected({ kind: 'span', traceId, spanId: id })}>
          {id}
        </button>
      ))}
      <main>
        <CompactionPanel
          events={all}
          selected={selected}
          onSelect={setSelected}
          {...(onReveal && { onReveal })}
        />
      </main>
    </div>
  );
}

const cutRun = runs.find(
  ({ attrs }) => attrs['compact.outcome'] === 'compacted' || attrs['outcome'] === 'compacted',
);
const select = (id = '') => userEvent.click(screen.getByRole('button', { name: id }));
const selection = () => screen.getByRole('status', { name: 'Selection' }).textContent;

describe('the panel in Ariadne', () => {
  it('is nothing before a compact.* span has come, and live from then on', async () => {
    const { rerender } = render(<Ariadne events={[]} />);
    expect(screen.getByRole('main').innerHTML).toBe('');
    rerender(<Ariadne events={events.slice(-1)} />);
    rerender(<Ariadne events={events} />);
    await screen.findByRole('region', { name: 'Context pressure' });
    rerender(<Ariadne events={[]} />);
    await waitFor(() => expect(screen.getByRole('main').innerHTML).toBe(''));
  });

  it('shows the compaction that is selected in the tree, and selects in the tree what is chosen in it', async () => {
    render(<Ariadne events={events} />);
    await select(cutRun?.id);
    const view = await screen.findByRole('article', { name: 'Compaction' });
    expect(within(view).getByRole('heading', { level: 2, name: /at call/u })).toBeDefined();
    const before = selection();
    await userEvent.click(screen.getByRole('button', { name: /last compaction/u }));
    expect(selection()).not.toBe(before);
    expect(runs.map(({ id }) => id)).toContain(selection());
  });

  it('has no summary in the page before it is revealed, tells the audit, and hides it again', async () => {
    const audit = vi.fn<(id: string, field: string) => void>();
    const { container } = render(<Ariadne events={events} onReveal={audit} />);
    await select(cutRun?.id);
    const reveal = await screen.findByRole('button', { name: 'Reveal summary' });
    expect(container.innerHTML).not.toContain('COMPACT-SUMMARY');
    await userEvent.click(reveal);
    expect(container.innerHTML).toContain('COMPACT-SUMMARY');
    expect(audit.mock.calls).toEqual([[expect.any(String), 'summary']]);
    await userEvent.click(screen.getByRole('button', { name: 'Hide all' }));
    expect(container.innerHTML).not.toContain('COMPACT-SUMMARY');
  });

  it('opens all there is in a dialog, and Space presses its own buttons although the host takes Space', async () => {
    const steal = (event: KeyboardEvent): void => {
      if (event.code === 'Space') event.preventDefault();
    };
    window.addEventListener('keydown', steal);
    render(<Ariadne events={events} />);
    const open = await screen.findByRole('button', { name: 'Open timeline' });
    open.focus();
    await userEvent.keyboard(' ');
    window.removeEventListener('keydown', steal);
    const dialog = await screen.findByRole('dialog', { name: 'Context' });
    expect(await within(dialog).findByRole('heading', { level: 1 })).toBeDefined();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('heading', { level: 1 })).toBeNull());
  });

  it('has no accessibility violation', async () => {
    render(<Ariadne events={events} />);
    await select(cutRun?.id);
    await screen.findByRole('article', { name: 'Compaction' });
    await expectNoViolations(screen.getByRole('main'));
  });
});
