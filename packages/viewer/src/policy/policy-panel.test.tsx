// @vitest-environment jsdom
import type { Session } from '@clew/trace-model';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { PolicyPanel } from './policy-panel.tsx';

afterEach(cleanup);

const session = recordedSession();
const [cut] = session.cuts;

function Panel({ of = session, from }: { readonly of?: Session; readonly from?: string }): ReactNode {
  const [id, select] = useState(from);
  return <PolicyPanel session={of} call={of.calls.find((call) => call.id === id)} onSelect={select} />;
}

const decision = (): HTMLElement => screen.getByRole('region', { name: 'Policy' });

describe('the policy inspector', () => {
  it('shows the latest decision to compact as an expression, and steps to the others', () => {
    render(<Panel />);
    expect(decision().textContent).toMatch(/usage 0\.\d+ ≥ trigger 0\.85 → compact/);
    const heading = within(decision()).getByRole('heading').textContent;
    fireEvent.click(screen.getByRole('button', { name: 'Previous decision to compact' }));
    expect(within(decision()).getByRole('heading').textContent).not.toBe(heading);
  });

  it('shows a decision not to compact as well', () => {
    render(<Panel from={session.calls[0]?.id ?? ''} />);
    expect(decision().textContent).toMatch(/usage 0\.\d+ < trigger 0\.85 → do not compact/);
  });

  it('says that a rule held and the engine did not compact, where nothing tells why', () => {
    const runs = session.runs.map((run) =>
      run.id === cut?.id && run.decision ? { ...run, decision: { ...run.decision, triggered: false } } : run,
    );
    render(<Panel of={{ ...session, runs }} from={cut?.id ?? ''} />);
    expect(screen.getByText(/something held it back that is not in the record/)).toBeDefined();
  });

  it('lists what differs between two policies', () => {
    const runs = session.runs.map((run, at) =>
      at < 10 || run.decision === undefined
        ? run
        : { ...run, decision: { ...run.decision, policy: { ...run.decision.policy, trigger_pct: 0.7 } } },
    );
    render(<Panel of={{ ...session, runs }} />);
    const table = screen.getByRole('table', { name: 'What differs between the two policies' });
    expect(within(table).getByRole('row', { name: 'trigger_pct 0.85 0.7' })).toBeDefined();
    expect(screen.getByText('Over the session they changed at 1 call: 11.')).toBeDefined();
    fireEvent.change(screen.getByRole('combobox', { name: 'From' }), {
      target: { value: session.runs.at(-1)?.id },
    });
    expect(screen.getByText(/made by the same policy/)).toBeDefined();
  });

  it('tries another policy on the recorded calls, marked as simulated, and goes back', () => {
    render(<Panel />);
    const whatIf = screen.getByRole('region', { name: 'What if' });
    const count = (column: number): string | undefined =>
      within(within(whatIf).getByRole('row', { name: /^Compactions/ })).getAllByRole('cell')[column]
        ?.textContent;
    expect(within(whatIf).getAllByText('SIMULATED').length).toBeGreaterThan(0);
    expect(count(0)).toBe('4');
    fireEvent.change(within(whatIf).getByRole('slider', { name: 'Trigger' }), { target: { value: '0.5' } });
    expect(Number(count(2))).toBeGreaterThan(Number(count(1)));
    expect(within(whatIf).getByRole('list').textContent).toContain('the same growth in tokens');
    fireEvent.click(within(whatIf).getByRole('button', { name: 'Back to the recorded policy' }));
    expect(count(2)).toBeUndefined();
  });

  it('says what was not told', () => {
    const runs = session.runs.map(({ decision: _decision, ...run }) => run);
    render(<Panel of={{ ...session, runs }} />);
    expect(screen.getByText(/no decision of the policy was recorded/)).toBeDefined();
    cleanup();
    render(<Panel of={{ ...session, runs: [], calls: [], cuts: [] }} />);
    expect(screen.getByText('No call has come to a decision yet.')).toBeDefined();
  });
});
