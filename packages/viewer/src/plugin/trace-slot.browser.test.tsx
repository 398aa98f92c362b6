import type { Span } from '@clew/trace-model';
import { act, render, screen } from '@testing-library/react';
import { lazy, StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createHostStore } from '../hosts/host-store.ts';
import { createFeed } from '../hosts/trace-feed.ts';
import { definePlugin, type ViewPlugin } from './trace-plugin.ts';
import { TraceSlot } from './trace-slot.tsx';

const span = (name: string): Span => ({ traceId: 't', id: name, name, attrs: {} });

/** Lists the names of the spans that its id matches, and counts how often it was folded. */
function lister(id: string, views: ViewPlugin<readonly string[]>['views'] = {}) {
  const model = vi.fn<ViewPlugin<readonly string[]>['model']>(({ spans }, before = []) => [
    ...new Set([...before, ...spans.map(({ name }) => name)]),
  ]);
  const plugin = definePlugin<readonly string[]>({
    api: 1,
    id,
    title: `The ${id}`,
    match: ({ name }) => name.startsWith(id),
    model,
    views: { strip: ({ model: names }) => <p data-testid={id}>{names.join(' ')}</p>, ...views },
  });
  return { plugin, model };
}

const shown = () => screen.queryAllByTestId(/./u).map(({ textContent }) => textContent);

describe('a slot', () => {
  it('shows every plugin that has something to show, in order, and nothing of the others', () => {
    const [a, b, c] = [lister('a'), lister('b'), lister('c')];
    const feed = createFeed();
    feed.add({ spans: [span('c1'), span('a1')] });
    const host = createHostStore(feed).getSnapshot();
    render(<TraceSlot name="strip" host={host} plugins={[c.plugin, b.plugin, a.plugin]} />);
    expect(shown()).toEqual(['c1 a1', 'c1 a1']);
    expect(screen.getAllByTestId(/./u).map((element) => element.dataset['testid'])).toEqual(['c', 'a']);
  });

  it('is empty, or what the host wants there, until a span matches; and then live', async () => {
    const { plugin } = lister('a');
    const feed = createFeed();
    const host = createHostStore(feed).getSnapshot();
    const slot = <TraceSlot name="strip" host={host} plugins={[plugin]} empty="nothing yet" />;
    const { container } = render(slot);
    expect(container.textContent).toBe('nothing yet');
    await act(async () => feed.add({ spans: [span('b1')] }));
    expect(container.textContent).toBe('nothing yet');
    act(() => feed.add({ spans: [span('a1')] }));
    await vi.waitFor(() => expect(shown()).toEqual(['b1 a1']));
    const { container: other } = render(<TraceSlot name="page" host={host} plugins={[plugin]} />);
    expect(other.innerHTML).toBe('');
  });

  it('folds what comes once for all slots, and only what is new', async () => {
    const { plugin, model } = lister('a');
    const feed = createFeed();
    feed.add({ spans: [span('a1')] });
    const host = createHostStore(feed).getSnapshot();
    render(
      <StrictMode>
        <TraceSlot name="strip" host={host} plugins={[plugin]} />
        <TraceSlot name="strip" host={host} plugins={[plugin]} />
      </StrictMode>,
    );
    expect(model).toHaveBeenCalledTimes(1);
    act(() => {
      for (const name of ['a2', 'a3', 'a4']) feed.add({ spans: [span(name)] });
    });
    await vi.waitFor(() => expect(shown()).toEqual(['a1 a2 a3 a4', 'a1 a2 a3 a4']));
    expect(model.mock.calls.map(([{ spans }]) => spans.map(({ name }) => name))).toEqual([
      ['a1'],
      ['a2', 'a3', 'a4'],
    ]);
  });

  it('keeps a view that throws to itself, and tries again', async () => {
    let isBroken = true;
    const broken = lister('a', {
      strip: () => {
        if (isBroken) throw new Error('out of thread');
        return <p data-testid="mended">mended</p>;
      },
    });
    const fine = lister('b');
    const feed = createFeed();
    feed.add({ spans: [span('a1'), span('b1')] });
    const host = createHostStore(feed).getSnapshot();
    render(<TraceSlot name="strip" host={host} plugins={[broken.plugin, fine.plugin]} />, quiet);
    expect(screen.getByRole('alert').textContent).toContain('The a cannot be shown: out of thread');
    expect(shown()).toEqual(['a1 b1']);
    isBroken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(shown()).toEqual(['mended', 'a1 b1']);
  });

  it('says so where a model cannot be made, and leaves the host and other plugins alone', () => {
    const feed = createFeed();
    feed.add({ spans: [span('b1')] });
    const host = createHostStore(feed).getSnapshot();
    const plugin = definePlugin<never>({
      api: 1,
      id: 'x',
      title: 'X',
      match: () => true,
      model: () => {
        throw new Error('cannot fold');
      },
      views: { strip: () => null },
    });
    render(<TraceSlot name="strip" host={host} plugins={[plugin, lister('b').plugin]} />, quiet);
    expect(screen.getByRole('alert').textContent).toContain('X cannot be shown: cannot fold');
    expect(shown()).toEqual(['b1']);
  });

  it('waits for a lazy view without holding up another', async () => {
    let arrive = (): void => undefined;
    const View = lazy(
      () =>
        new Promise<{ default: () => React.ReactNode }>((resolve) => {
          arrive = () => resolve({ default: () => <p data-testid="late">late</p> });
        }),
    );
    const feed = createFeed();
    feed.add({ spans: [span('a1'), span('b1')] });
    const host = createHostStore(feed).getSnapshot();
    render(
      <TraceSlot
        name="strip"
        host={host}
        plugins={[lister('a', { strip: View }).plugin, lister('b').plugin]}
      />,
    );
    expect(shown()).toEqual(['a1 b1']);
    expect(screen.getByText('Loading The a …')).toBeDefined();
    await act(async () => arrive());
    expect(shown()).toEqual(['late', 'a1 b1']);
  });
});

/** React tells of caught errors on the console; nothing prints in a test. */
const quiet = { onCaughtError: () => undefined };
