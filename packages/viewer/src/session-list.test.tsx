// @vitest-environment jsdom
import { fold } from '@clew/trace-model';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { recordSession } from '@clew/trace-model/testing';
import { SessionList } from './session-list.tsx';

afterEach(cleanup);

const { sessions } = fold([
  ...recordSession({ sessionId: 'long-one' }),
  ...recordSession({
    sessionId: 'live-one',
    seed: 3,
    calls: 8,
    isUnfinished: true,
    start: Date.now() - 60_000,
  }),
  { traceId: 'bare', id: '1', name: 'x', start: 1, end: 2, attrs: {} },
]);

describe('the session list', () => {
  it('lists every session with what happened to it', () => {
    render(<SessionList sessions={sessions} onSelect={() => {}} />);
    const rows = within(screen.getByRole('navigation', { name: 'Sessions' })).getAllByRole('listitem');
    expect(rows).toHaveLength(3);
    const text = rows.map((row) => row.textContent ?? '');
    expect(text.find((row) => row.includes('long-one'))).toMatch(
      /60 calls.*4 compactions.*1 failed.*1 fallback/,
    );
    expect(text.find((row) => row.includes('bare'))).toContain('1 span, no compaction engine seen');
  });

  it('marks the chosen session and tells which is chosen next', () => {
    const chosen: string[] = [];
    render(<SessionList sessions={sessions} selected="long-one" onSelect={(id) => chosen.push(id)} />);
    expect(screen.getByRole('button', { current: 'page' }).textContent).toContain('long-one');
    fireEvent.click(screen.getByRole('button', { name: /bare/ }));
    expect(chosen).toEqual(['bare']);
  });

  it('links where the host has addresses', () => {
    render(<SessionList sessions={sessions} onSelect={() => {}} hrefOf={(id) => `#/s/${id}`} />);
    expect(screen.getByRole('link', { name: /long-one/ }).getAttribute('href')).toBe('#/s/long-one');
  });
});
