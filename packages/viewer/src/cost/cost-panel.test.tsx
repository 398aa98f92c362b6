// @vitest-environment jsdom
import { cacheOf, costOf, type CutCost } from '@clew/trace-model';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { formatMoney } from '../format/money.ts';
import { recordedSession } from '../recorded-session.fixture.ts';
import { CostPanel } from './cost-panel.tsx';
import { breakEvenWords } from './cost-words.ts';

afterEach(cleanup);

const session = recordedSession({ isMeasured: true });
const ignore = (): void => undefined;

describe('the cache and cost of a session', () => {
  it('has a lane that a screen reader hears in figures, and a table of the same', () => {
    render(<CostPanel session={session} onSelect={ignore} />);
    const { warm, cold, unknown } = cacheOf(session);
    expect(screen.getByRole('img', { name: /^Cache by call/ }).getAttribute('aria-label')).toContain(
      `warm at ${warm}, cold at ${cold}, unknown at ${unknown}`,
    );
    const rows = screen.getByRole('region', { name: 'Cache by call', hidden: true });
    expect(rows.textContent).toContain('Unknown nothing had been sent yet');
    expect(rows.textContent).toContain('the provider read this beginning from its cache');
  });

  it('says what each compaction cost, when it pays for itself, and what it has brought', () => {
    render(<CostPanel session={session} onSelect={ignore} />);
    const table = screen.getByRole('table', { name: 'What each compaction cost and saved' });
    for (const cost of costOf(session).cuts) {
      const row = within(table)
        .getByRole('rowheader', { name: `Compaction ${cost.cut.number ?? ''}` })
        .closest('tr');
      expect(row?.textContent).toContain(breakEvenWords(cost));
      expect(row?.textContent).toContain(formatMoney(cost.net ?? NaN, 'USD', true));
    }
  });

  it('tells in words that no prices are known, and shows tokens', () => {
    const unpriced = {
      ...session,
      calls: session.calls.map(({ cost: _cost, ...call }) => call),
      cuts: session.cuts.map((cut) => {
        const { cost: _cost, ...call } = cut.call;
        return { ...cut, call };
      }),
    };
    render(<CostPanel session={unpriced} onSelect={ignore} />);
    expect(screen.getByText(/^No prices are set for this model/)).toBeDefined();
    expect(screen.queryByText('Net so far')).toBeNull();
    const table = screen.getByRole('table', { name: 'What each compaction cost and saved' });
    expect(within(table).getByRole('columnheader', { name: 'Read anew' })).toBeDefined();
  });

  it('says so where neither is known', () => {
    render(<CostPanel session={recordedSession()} onSelect={ignore} />);
    expect(screen.getByText(/^Nothing was told of this session’s cache/)).toBeDefined();
  });

  it('shows whether the selected compaction has paid for itself, in words, steps and a curve', () => {
    const [first] = costOf(session).cuts;
    render(<CostPanel session={session} cut={first?.cut} onSelect={ignore} />);
    const panel = within(screen.getByRole('region', { name: 'Break-even' }));
    expect(panel.getByRole('heading').textContent).toContain('Compaction 1');
    const net = formatMoney(first?.net ?? NaN, 'USD', true);
    expect(panel.getByRole('row', { name: /^Net so far/ }).textContent).toContain(net);
    expect(panel.getByRole('img').getAttribute('aria-label')).toContain(`to ${net} after`);
  });
});

describe('the words of a break-even', () => {
  const [cut] = session.cuts;
  if (cut === undefined) throw new Error('The recorded session has no cut.');
  it.each<[Partial<CutCost>, string]>([
    [{}, 'not known'],
    [{ savedPerCall: 0 }, 'never: no call is cheaper'],
    [{ breakEvenCalls: 0, isPaidBack: true }, 'at once'],
    [{ breakEvenCalls: 1, callsSince: 4, isPaidBack: true }, 'after 1 call: reached'],
    [{ breakEvenCalls: 9, callsSince: 4, isPaidBack: false }, 'after 9 calls: 4 so far'],
  ])('%o is "%s"', (facts, words) => {
    expect(breakEvenWords({ cut, callsSince: 0, ...facts })).toBe(words);
  });
});

describe('money', () => {
  it('keeps three digits of what is small, and any currency', () => {
    expect(formatMoney(0.012345, 'USD')).toContain('0.0123');
    expect(formatMoney(12.345, 'EUR')).toMatch(/12\.3[45]/);
    expect(formatMoney(0.5, 'credits')).toBe('0.5 credits');
    expect(formatMoney(-0.25, 'USD', true)).toMatch(/^[-−]/);
    expect(formatMoney(0.25, 'USD', true)).toMatch(/^\+/);
  });
});
