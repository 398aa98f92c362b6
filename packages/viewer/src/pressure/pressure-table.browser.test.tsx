import { render, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ClewRoot } from '../clew-root.tsx';
import { expectNoViolations } from '../no-violations.fixture.ts';
import { recordedSession } from '../recorded-session.fixture.ts';
import { PressureTable } from './pressure-table.tsx';

const [call] = recordedSession({ calls: 1 }).calls;
if (call === undefined) throw new Error('The script recorded no call.');
const calls = Array.from({ length: 10_000 }, (_, at) => ({ ...call, id: `run-${at + 1}`, position: at + 1 }));

describe('the table of 10,000 calls', () => {
  it('keeps only what is in sight in the page, at its place, and brings the selected call into sight', async () => {
    const ignore = (): void => undefined;
    const { container, rerender } = render(
      <ClewRoot>
        <PressureTable calls={calls} selected={undefined} onSelect={ignore} />
      </ClewRoot>,
    );
    const region = screen.getByRole('region', { name: 'Tokens by call' });
    expect(screen.getAllByRole('row').length).toBeLessThan(80);
    expect(region.scrollHeight).toBeGreaterThan(9_900 * 34);
    await expectNoViolations(container);
    rerender(
      <ClewRoot>
        <PressureTable calls={calls} selected="run-7000" onSelect={ignore} />
      </ClewRoot>,
    );
    const row = await waitFor(() => screen.getByRole('row', { selected: true }));
    const { top, bottom } = row.getBoundingClientRect();
    const frame = region.getBoundingClientRect();
    expect(top).toBeGreaterThanOrEqual(frame.top);
    expect(bottom).toBeLessThanOrEqual(frame.bottom + 1);
    expect(screen.getAllByRole('row').length).toBeLessThan(80);
  });
});
