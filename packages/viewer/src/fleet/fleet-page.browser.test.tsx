import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ClewRoot } from '../clew-root.tsx';
import { expectNoViolations } from '../no-violations.fixture.ts';
import { recordedSession } from '../recorded-session.fixture.ts';
import { FleetPage } from './fleet-page.tsx';
import { fleetRowOf, type FleetRow } from './fleet-row.ts';

const one = fleetRowOf(recordedSession({ isMeasured: true }));
const rows: readonly FleetRow[] = Array.from({ length: 2_000 }, (_, at) => ({
  ...one,
  id: `session-${at}`,
  name: `run ${at}`,
  agents: [at % 2 === 0 ? 'coder' : 'reviewer'],
  end: at,
  signs: at === 7 ? [{ rule: 'unaccounted', count: 1 }] : [],
}));
const ignore = (): void => undefined;

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Sessions' });
const shown = (): HTMLElement[] => within(grid()).getAllByRole('row').slice(1);

describe('all sessions in a browser', () => {
  it.each([360, 1600, 3840])('have no accessibility violation and fit, %i px wide', async (width) => {
    await page.viewport(width, 900);
    const { container } = render(
      <ClewRoot>
        <FleetPage rows={rows.slice(0, 12)} onSelect={ignore} />
      </ClewRoot>,
    );
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'By agent');
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    await expectNoViolations(container);
  });

  it('hold in the page only those in sight, begin with what needs attention, and open by keys', async () => {
    await page.viewport(1280, 800);
    const opened: string[] = [];
    render(
      <ClewRoot>
        <FleetPage rows={rows} onSelect={(id) => opened.push(id)} />
      </ClewRoot>,
    );
    await waitFor(() => expect(shown().length).toBeGreaterThan(5));
    expect(shown().length).toBeLessThan(40);
    expect(shown()[0]?.textContent).toContain('unaccounted');
    expect(shown()[1]?.textContent).toContain('run 1999');
    shown()[0]?.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'run 7' }));
    expect(opened).toEqual(['session-1999', 'session-7']);
  });

  it('are found by words, grouped, and a group closes', async () => {
    await page.viewport(1280, 800);
    render(
      <ClewRoot>
        <FleetPage rows={rows} onSelect={ignore} hrefOf={(id) => `#/s/${id}`} />
      </ClewRoot>,
    );
    await userEvent.fill(screen.getByRole('searchbox'), 'session-12');
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('112'));
    expect(screen.getAllByRole('link')[0]?.getAttribute('href')).toMatch(/^#\/s\/session-12/);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'By agent');
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('114'));
    fireEvent.click(screen.getByRole('button', { name: 'Sessions of reviewer' }));
    await waitFor(() => expect(Number(grid().getAttribute('aria-rowcount'))).toBeLessThan(70));
  });

  it('say where there are none, where more are elsewhere, and ask for them', () => {
    const asked: string[] = [];
    const more = { total: 5_000, isLoading: false, load: () => void asked.push('more') };
    const { rerender } = render(
      <ClewRoot>
        <FleetPage rows={[]} onSelect={ignore} />
      </ClewRoot>,
    );
    expect(screen.getByText('No session has been sent to this viewer yet.')).toBeDefined();
    rerender(
      <ClewRoot>
        <FleetPage rows={rows} more={more} onSelect={ignore} />
      </ClewRoot>,
    );
    expect(screen.getByRole('status').textContent).toBe(
      '2,000 of 5,000 sessions are here, and only they are sorted and searched',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(asked).toEqual(['more']);
  });
});
