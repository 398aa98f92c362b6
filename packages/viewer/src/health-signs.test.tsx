// @vitest-environment jsdom
import { healthOf } from '@clew/trace-model';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { HealthSigns } from './health-signs.tsx';
import { recordedSession } from './recorded-session.fixture.ts';

afterEach(cleanup);

describe('the signs of a session', () => {
  it('are sentences, each with the way to the run', () => {
    const session = recordedSession({ isMeasured: true });
    const opened: string[] = [];
    render(<HealthSigns session={session} onSelect={(id) => opened.push(id)} />);
    expect(screen.getByText('1 attempt to compact failed or never ended.')).toBeDefined();
    expect(screen.getByText(/^Facts that had been carried on were evicted after all, 6 times/)).toBeDefined();
    for (const button of screen.getAllByRole('button')) fireEvent.click(button);
    expect(opened).toEqual(healthOf(session).map(({ runId }) => runId));
  });

  it('are not there where nothing was found', () => {
    const { container } = render(
      <HealthSigns session={recordedSession({ calls: 4 })} onSelect={() => undefined} />,
    );
    expect(container.textContent).toBe('');
  });
});
