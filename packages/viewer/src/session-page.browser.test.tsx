import { render, screen, waitFor } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { ClewRoot } from './clew-root.tsx';
import { expectNoViolations } from './no-violations.fixture.ts';
import { recordedSession } from './recorded-session.fixture.ts';
import { SessionPage } from './session-page.tsx';
import { useReveal } from './use-reveal.ts';

const session = recordedSession();

function Host({ from }: { readonly from?: string | undefined }): ReactNode {
  const [selected, select] = useState(from);
  return (
    <ClewRoot>
      <SessionPage session={session} selected={selected} onSelect={select} reveal={useReveal()} />
    </ClewRoot>
  );
}

/** The chart comes in a chunk of its own, a little later. */
async function drawn(container: HTMLElement): Promise<void> {
  await waitFor(() => expect(container.querySelector('.clew-chart svg.recharts-surface')).not.toBeNull());
}

describe('a session page in a browser', () => {
  it.each([1280, 360])('has no accessibility violation, %i px wide', async (width) => {
    await page.viewport(width, 800);
    const { container } = render(<Host />);
    await drawn(container);
    await expectNoViolations(container);
  });

  it('has none with a compaction open either', async () => {
    const { container } = render(<Host from={session.cuts[0]?.id} />);
    await screen.findByRole('article', { name: 'Compaction' });
    await drawn(container);
    await expectNoViolations(container);
    expect(document.documentElement.style.colorScheme).toBe('');
  });
});
