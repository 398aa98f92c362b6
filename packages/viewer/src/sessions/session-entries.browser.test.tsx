import { render, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ClewRoot } from '../clew-root.tsx';
import { expectNoViolations } from '../no-violations.fixture.ts';
import { SessionEntries } from './session-entries.tsx';
import type { SessionEntry } from './session-entry.ts';

const entries: readonly SessionEntry[] = Array.from({ length: 5_000 }, (_, at) => ({
  id: `session-${at}`,
  end: Date.UTC(2026, 10, 20) - at * 60_000,
  agents: ['coder'],
  models: ['gpt-5.2'],
  ...(at % 3 !== 2 && {
    compactionCount: at % 4,
    context: {
      calls: 10 + at,
      fallbacks: at % 2,
      failures: at % 5 === 0 ? 1 : 0,
      latest: {
        tokens: 60_000 + at,
        basis: 'estimate',
        ...(at % 2 === 0 && { limit: 128_000, trigger: 108_800 }),
      },
    },
  }),
}));

function show(list: readonly SessionEntry[]): { readonly container: HTMLElement; readonly ends: number[] } {
  const ends: number[] = [];
  const { container } = render(
    <ClewRoot>
      <div style={{ height: 600 }}>
        <SessionEntries
          entries={list}
          selected="session-1"
          hrefOf={(id) => `#/s/${id}`}
          onEnd={() => ends.push(list.length)}
        />
      </div>
    </ClewRoot>,
  );
  return { container, ends };
}

describe('a long list of sessions', () => {
  it('keeps only what is in sight in the page, has no violation, and asks for more near its end', async () => {
    const { container, ends } = show(entries);
    expect(screen.getAllByRole('link').length).toBeLessThan(60);
    expect(screen.getByRole('link', { current: 'page' }).getAttribute('href')).toBe('#/s/session-1');
    await expectNoViolations(container);
    expect(ends).toEqual([]);
    const list = screen.getByRole('navigation', { name: 'Sessions' });
    list.scrollTop = list.scrollHeight;
    await waitFor(() => expect(screen.getByRole('link', { name: /session-4999/ })).toBeDefined());
    expect(screen.getAllByRole('link').length).toBeLessThan(60);
    await waitFor(() => expect(ends).toEqual([5_000]));
  });

  it('tells a share only of a window whose size was told', () => {
    show(entries.slice(0, 3));
    const texts = screen.getAllByRole('link').map(({ textContent }) => textContent);
    expect(texts[0]).toContain('47 %');
    expect(texts[1]).not.toContain('%');
    expect(texts[2]).toContain('no compaction engine seen');
  });
});
