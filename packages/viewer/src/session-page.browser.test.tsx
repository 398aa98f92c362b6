import { render, screen, waitFor } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ClewRoot } from './clew-root.tsx';
import { pictureOf } from './export/picture.ts';
import { expectNoViolations } from './no-violations.fixture.ts';
import type { Place } from './place.ts';
import { recordedSession } from './recorded-session.fixture.ts';
import { SessionPage } from './session-page.tsx';
import { useReveal } from './use-reveal.ts';
import { sessionViews } from './views/session-views.ts';

const session = recordedSession({ isMeasured: true });

function Host({ from }: { readonly from?: Place }): ReactNode {
  const [place, onPlace] = useState<Place>(from ?? {});
  return (
    <ClewRoot>
      <SessionPage session={session} place={place} onPlace={onPlace} reveal={useReveal()} />
    </ClewRoot>
  );
}

function selecting(run: string | undefined): Place {
  return run === undefined ? {} : { run };
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
    const { container } = render(<Host from={selecting(session.cuts[0]?.id)} />);
    await screen.findByRole('article', { name: 'Compaction' });
    await drawn(container);
    await expectNoViolations(container);
    expect(document.documentElement.style.colorScheme).toBe('');
  });
  it.each(sessionViews.map(({ id }) => id))('has none in the view %s, nor as a table', async (view) => {
    const { container } = render(<Host from={{ view, form: 'table' }} />);
    await expectNoViolations(container);
  });

  it('has none by time and in shares, zoomed in, with its keys open', async () => {
    const { container } = render(<Host from={{ axis: 'time', unit: 'percent', from: 10, to: 40 }} />);
    await drawn(container);
    await userEvent.click(screen.getByRole('button', { name: 'Keys' }));
    await expectNoViolations(container);
  });

  it('goes everywhere by keys, and never scrolls sideways at 360 px', async () => {
    await page.viewport(360, 800);
    const { container } = render(<Host />);
    await drawn(container);
    const region = (): string | null | undefined =>
      container.querySelector('.clew-view')?.getAttribute('aria-label');
    screen.getByRole('slider', { name: 'Model call' }).focus();
    for (const { key, title } of sessionViews) {
      await userEvent.keyboard(key);
      expect(region()).toBe(`View: ${title}`);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
    }
    await userEvent.keyboard('t');
    expect(screen.getByRole('region', { name: 'Tokens by call' })).toBeDefined();
    await userEvent.keyboard('t?');
    expect(screen.getByRole('dialog', { name: 'Keys' })).toBeDefined();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.keyboard('f');
    expect(screen.getByRole('button', { name: `Paused at call ${session.calls.length}` })).toBeDefined();
  });

  it('draws out a part of the session and shows all of it again', async () => {
    await page.viewport(1280, 800);
    const { container } = render(<Host />);
    await drawn(container);
    const end = screen.getByRole('slider', { name: 'First call shown' });
    end.focus();
    await userEvent.keyboard('{PageUp}{ArrowRight}');
    expect(end.getAttribute('aria-valuenow')).toBe('5');
    await userEvent.click(screen.getByRole('button', { name: /show all/ }));
    expect(end.getAttribute('aria-valuenow')).toBe('1');
  });
  it('finds by name and leads there, with no violation', async () => {
    const { container } = render(<Host />);
    await drawn(container);
    screen.getByRole('slider', { name: 'Model call' }).focus();
    await userEvent.keyboard('/fallback');
    await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/hit/));
    await expectNoViolations(container);
    await userEvent.keyboard('{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(screen.getByRole('article', { name: 'Compaction' })).toBeDefined());
  });

  it('makes a picture of the chart that is not blank, and offers the records and a brief', async () => {
    const { container } = render(<Host />);
    await drawn(container);
    const svg = container.querySelector<SVGSVGElement>('.clew-chart svg.recharts-surface');
    if (svg === null) throw new Error('The chart was not drawn.');
    const picture = await createImageBitmap(await pictureOf(svg));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context?.drawImage(picture, 0, 0);
    const { data = [] } = context?.getImageData(0, 0, picture.width, picture.height) ?? {};
    const colours = new Set<number>();
    for (let at = 0; at < data.length; at += 400) {
      colours.add((data[at] ?? 0) * 65_536 + (data[at + 1] ?? 0) * 256 + (data[at + 2] ?? 0));
    }
    expect(colours.size).toBeGreaterThan(6);
    await userEvent.click(screen.getByRole('button', { name: 'Export' }));
    await expectNoViolations(container);
    expect(screen.getByText(/^No content is revealed/)).toBeDefined();
  });
});
