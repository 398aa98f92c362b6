// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { PressureStrip } from './pressure-strip.tsx';

afterEach(cleanup);

const session = recordedSession();
const ignore = (): void => undefined;

describe('the strip', () => {
  it('says in one line how full it is, what was cut and what went wrong', () => {
    render(<PressureStrip session={session} selected={undefined} onSelect={ignore} />);
    const strip = screen.getByRole('region', { name: 'Context pressure' });
    expect(strip.textContent).toMatch(/^\d+ % of 128k \([\d.]+k\)/);
    expect(strip.textContent).toContain('compacted 4 times');
    expect(strip.textContent).toContain('1 attempt to compact failed');
  });

  it('leads to each compaction', () => {
    const opened: string[] = [];
    render(<PressureStrip session={session} selected={undefined} onSelect={(id) => opened.push(id)} />);
    const group = screen.getByRole('group', { name: 'Compactions' });
    for (const button of within(group).getAllByRole('button')) fireEvent.click(button);
    expect(opened[0]).toBe(session.cuts[0]?.id);
    expect(opened.every((id) => session.cuts.some((cut) => cut.id === id))).toBe(true);
  });

  it('shows no share of a window whose size was not told', () => {
    const calls = session.calls.map(({ window: _window, ...call }) => call);
    render(<PressureStrip session={{ ...session, calls }} selected={undefined} onSelect={ignore} />);
    expect(screen.getByRole('region', { name: 'Context pressure' }).textContent).not.toContain('%');
  });

  it('says so before the first call', () => {
    const empty = { ...session, calls: [], cuts: [], runs: [] };
    render(<PressureStrip session={empty} selected={undefined} onSelect={ignore} />);
    expect(screen.getByText('No model call so far.')).toBeDefined();
  });
});
