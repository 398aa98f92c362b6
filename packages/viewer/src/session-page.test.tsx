// @vitest-environment jsdom
import type { Session } from '@clew/trace-model';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { SessionPage } from './session-page.tsx';
import { recordedSession } from './recorded-session.fixture.ts';
import type { Place } from './place.ts';
import { useReveal } from './use-reveal.ts';

afterEach(cleanup);

const session = recordedSession();
const [first] = session.cuts;
if (first === undefined) throw new Error('The recorded session has no cut.');

/** A host that keeps the place, as the app does. */
function Host({ of = session, from }: { readonly of?: Session; readonly from?: string }): ReactNode {
  const [place, onPlace] = useState<Place>(from === undefined ? {} : { run: from });
  const reveal = useReveal();
  return <SessionPage session={of} place={place} onPlace={onPlace} reveal={reveal} />;
}

/** Renders and lets the lazy chart arrive. */
async function show(host: ReactNode): Promise<void> {
  await act(async () => {
    render(host);
    await import('./pressure/pressure-chart.tsx');
  });
}

const cutButtons = (): HTMLElement[] =>
  within(screen.getByRole('group', { name: 'Compactions' })).getAllByRole('button');
const press = (key: string): boolean =>
  fireEvent.keyDown(screen.getByRole('slider', { name: 'Model call' }), { key });
const selectedCall = (): number =>
  Number(screen.getByRole('slider', { name: 'Model call' }).getAttribute('aria-valuenow'));

describe('a session page', () => {
  it('says in figures how the session stands', async () => {
    await show(<Host />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('coder');
    expect(screen.getByText('1 fallback, 1 failed')).toBeDefined();
  });

  it('has a button for every cut, named by what happened', async () => {
    await show(<Host />);
    const names = cutButtons().map((button) => button.getAttribute('aria-label'));
    expect(names[0]).toMatch(
      /^Compaction 1 at call \d+, 1\d\dk to [\d.]+k tokens, compacted(?:, −[\d.]+k)?$/,
    );
    expect(names.some((name) => name?.includes('fallback'))).toBe(true);
  });

  it('opens a cut from its button, and says what it saved', async () => {
    await show(<Host />);
    const [button] = cutButtons();
    if (button) fireEvent.click(button);
    const view = screen.getByRole('article', { name: 'Compaction' });
    expect(within(view).getByRole('heading', { name: /Compaction 1 at call/ })).toBeDefined();
    expect(within(view).getByText(/Everything is accounted for/)).toBeDefined();
    expect(button?.getAttribute('aria-pressed')).toBe('true');
  });

  it('goes from call to call and from cut to cut by keys, and back', async () => {
    await show(<Host />);
    press('ArrowLeft');
    expect(selectedCall()).toBe(60);
    press('ArrowLeft');
    expect(selectedCall()).toBe(59);
    press('[');
    expect(selectedCall()).toBe(session.cuts.at(-1)?.call.position);
    press('[');
    expect(selectedCall()).toBe(session.cuts.at(-2)?.call.position);
    press(']');
    press('Home');
    expect(selectedCall()).toBe(1);
    press('Escape');
    expect(screen.queryByRole('article')).toBeNull();
    expect(screen.getByRole('slider', { name: 'Model call' }).getAttribute('aria-valuetext')).toBe(
      'none selected',
    );
  });

  it('leaves keys alone that are pressed together with others, or mean nothing', async () => {
    await show(<Host />);
    expect(press('q')).toBe(true);
    fireEvent.keyDown(screen.getByRole('button', { name: 'Table' }), { key: ']', ctrlKey: true });
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('keeps the keys working after the pressed button has gone', async () => {
    await show(<Host from={first.id} />);
    const back = screen.getByRole('button', { name: 'All compactions' });
    back.focus();
    fireEvent.click(back);
    expect(document.activeElement?.classList.contains('clew-session-page')).toBe(true);
  });

  it('shows the calls in a table that says the same', async () => {
    await show(<Host />);
    fireEvent.click(screen.getByRole('button', { name: 'Table' }));
    const table = within(screen.getByRole('region', { name: 'Tokens by call' })).getByRole('table');
    expect(within(table).getAllByRole('row')).toHaveLength(61);
    fireEvent.click(within(table).getByRole('button', { name: '7' }));
    expect(screen.getByRole('region', { name: 'Call 7' })).toBeDefined();
  });

  it('tells the size of the call that the pointer is over', async () => {
    await show(<Host />);
    const slider = screen.getByRole('slider', { name: 'Model call' });
    slider.getBoundingClientRect = () => new DOMRect(0, 0, 600, 200);
    fireEvent.pointerMove(slider, { clientX: (first.call.position - 0.5) * 10, pointerType: 'mouse' });
    expect(
      screen.getByText(new RegExp(`^Call ${first.call.position} · 1\\d\\dk → [\\d.]+k · \\d+ %$`)),
    ).toBeDefined();
    fireEvent.pointerLeave(slider);
    expect(screen.queryByText(/^Call \d+ · /)).toBeNull();
  });

  it('steps by its buttons and from the list', async () => {
    await show(<Host />);
    fireEvent.click(within(screen.getByRole('table')).getByRole('button', { name: 'Compaction 2' }));
    const heading = (): string | null =>
      screen.getByRole('heading', { name: /at call/, level: 2 }).textContent;
    fireEvent.click(screen.getByRole('button', { name: 'Next call' }));
    expect(heading()).toContain(`at call ${(session.cuts[2]?.call.position ?? 0) + 1}`);
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('selects the call that is pointed at', async () => {
    await show(<Host />);
    const slider = screen.getByRole('slider', { name: 'Model call' });
    slider.getBoundingClientRect = () => new DOMRect(0, 0, 600, 200);
    fireEvent.click(slider, { clientX: 125 });
    expect(selectedCall()).toBe(13);
  });

  it('has no summary and no preview in the page before they are revealed, nor after all are hidden', async () => {
    await show(<Host from={first.id} />);
    const text = first.summary?.text ?? '';
    const preview = first.ledger?.find((row) => row.fate === 'summarized')?.preview ?? '';
    expect(document.body.innerHTML).not.toContain('Constraints (verbatim');
    expect(document.body.textContent).not.toContain(preview);
    fireEvent.click(screen.getByRole('button', { name: 'Reveal summary' }));
    expect(document.body.textContent).toContain(text);
    fireEvent.click(screen.getAllByRole('button', { name: /^Details of/ })[0] ?? document.body);
    fireEvent.click(screen.getAllByRole('button', { name: /^Reveal the first words/ })[0] ?? document.body);
    expect(document.body.textContent).toContain(preview);
    fireEvent.click(screen.getByRole('button', { name: 'Hide all' }));
    expect(document.body.innerHTML).not.toContain('Constraints (verbatim');
    expect(document.body.textContent).not.toContain(preview);
  });

  it('shows a compaction under way, with what is known of it', async () => {
    const running = recordedSession({ calls: 20, isUnfinished: true });
    await show(<Host of={running} from={running.cuts.at(-1)?.id ?? ''} />);
    const view = screen.getByRole('article');
    expect(within(view).getByText('running')).toBeDefined();
    expect(within(view).getByText('not known yet')).toBeDefined();
    expect(within(view).getByRole('button', { name: 'Reveal summary' })).toBeDefined();
  });

  it('says so where nothing came from the engine', async () => {
    const span = { traceId: 't', id: '1', name: 'invoke_agent', attrs: {} };
    await show(
      <Host
        of={{
          ...session,
          calls: [],
          cuts: [],
          runs: [],
          spans: [span],
          issues: ['compact.run 7: id: missing'],
        }}
      />,
    );
    expect(screen.getByText(/none of them from the compaction engine/)).toBeDefined();
    expect(screen.getByText('1 record could not be read')).toBeDefined();
  });
});
