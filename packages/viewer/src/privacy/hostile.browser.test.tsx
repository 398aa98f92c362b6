import type { Cut, CutSummary, Session } from '@clew/trace-model';
import { render, screen, waitFor } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ClewRoot } from '../clew-root.tsx';
import { expectNoViolations } from '../no-violations.fixture.ts';
import type { Place } from '../place.ts';
import { recordedSession } from '../recorded-session.fixture.ts';
import { SessionPage } from '../session-page.tsx';
import { useRevealStore, type LoadText, type OnReveal } from '../use-reveal.ts';
import { createRevealStore } from './reveal-store.ts';

const session = recordedSession({ calls: 30 });
const cut = session.cuts.find(({ outcome, summary }) => outcome === 'compacted' && summary?.isNew === true);
if (cut?.summary === undefined) throw new Error('The recorded session has no summary.');
const { summary } = cut;

/** The session, with its first summary changed, and the words of every item of its ledger. */
function sessionWith(change: Partial<CutSummary>, words?: string): Session {
  const { text: _, ...rest } = summary;
  const changed: Cut = {
    ...(cut ?? raise()),
    summary: { ...rest, ...change },
    ...(words !== undefined && {
      ledger: (cut?.ledger ?? []).map((row) => ({ ...row, preview: words })),
    }),
  };
  return { ...session, cuts: session.cuts.map((other) => (other.id === changed.id ? changed : other)) };
}

function raise(): never {
  throw new Error('unreachable');
}

function Host({
  of,
  onReveal,
  load,
}: {
  readonly of: Session;
  readonly onReveal?: OnReveal | undefined;
  readonly load?: LoadText | undefined;
}): ReactNode {
  const [place, setPlace] = useState<Place>({ ...(cut && { run: cut.id }) });
  const [store] = useState(createRevealStore);
  return (
    <ClewRoot>
      <SessionPage
        session={of}
        place={place}
        onPlace={setPlace}
        reveal={useRevealStore(store, onReveal, load)}
      />
    </ClewRoot>
  );
}

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
const shownText = () => screen.getByRole('region', { name: /^(?:Text of|Fetched)/u }).textContent;

async function reveal(text: string): Promise<HTMLElement> {
  const { container } = render(<Host of={sessionWith({ state: 'inline', text })} />);
  await press('Reveal summary');
  return container;
}

afterEach(() => {
  Reflect.deleteProperty(window, 'hacked');
});

describe('a hostile text, once it is revealed', () => {
  it('is text, and no part of the page', async () => {
    const attacks = [
      '<script>window.hacked = 1</script>',
      '<img src=x onerror="window.hacked = 1">',
      '<svg onload="window.hacked = 1"><a href="javascript:window.hacked=1">press</a></svg>',
      '<iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>',
      '</div></section><style>* { display: none !important }</style>',
      '[press](javascript:window.hacked=1) {{constructor.constructor("window.hacked=1")()}}',
    ];
    const container = await reveal(attacks.join('\n'));
    expect(shownText()).toBe(attacks.join('\n'));
    expect(container.querySelectorAll('script, img, iframe, style, a[href^="javascript"]')).toHaveLength(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(Reflect.has(window, 'hacked')).toBe(false);
    await expectNoViolations(container);
  });

  it('turns no direction, and hides nothing', async () => {
    const container = await reveal('safe\u202Egpj.exe \u2066a\u2069 tags\u{E0041}\u{E0042} zero\u200Bwidth');
    expect(shownText()).toBe('safeU+202Egpj.exe U+2066aU+2069 tagsU+E0041U+E0042 zeroU+200Bwidth');
    expect(container.innerHTML).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/u);
  });

  it('gives no command to a terminal', async () => {
    await reveal(
      '\u001B[31mred\u001B[0m \u001B]8;;https://evil.example\u0007link \u0000\u0000 over\rwritten',
    );
    expect(shownText()).toBe('ESC[31mredESC[0m ESC]8;;https://evil.examplelink U+0000 ×2 overU+000Dwritten');
  });

  it('comes in portions where it is one line of 5 MB', async () => {
    const container = await reveal('x'.repeat(5_000_000));
    expect(shownText()?.length).toBeLessThan(25_000);
    await press(/more of 4,980,000 characters/u);
    expect(shownText()?.length).toBeGreaterThan(39_000);
    expect(container.innerHTML.length).toBeLessThan(2_000_000);
    expect(container.scrollWidth).toBeLessThanOrEqual(container.clientWidth);
  });

  it('is not in the page before it is revealed, nor any words of an item, nor after all are hidden', async () => {
    const audit = vi.fn<OnReveal>();
    const of = sessionWith({ state: 'inline', text: 'the secret summary' }, 'the secret words');
    const { container } = render(<Host of={of} onReveal={audit} />);
    expect(container.innerHTML).not.toContain('the secret');
    await press('Reveal summary');
    expect(container.innerHTML).toContain('the secret summary');
    expect(container.innerHTML).not.toContain('the secret words');
    expect(audit.mock.calls).toEqual([[cut?.id, 'summary']]);
    await press('Hide all');
    expect(container.innerHTML).not.toContain('the secret');
  });
});

describe('a text that is not here', () => {
  it('is told apart by why', () => {
    const states = ['ref', 'redacted', 'opaque', 'absent'] as const;
    const told = states.map((state) => {
      const change = { state, ...(state === 'ref' && { ref: 's3://bucket/summary-001.json' }) };
      const { container, unmount } = render(<Host of={sessionWith(change)} />);
      const text = container.querySelector('[aria-label="Summary"] .clew-hidden')?.textContent;
      unmount();
      return text;
    });
    expect(told).toEqual([
      'The text is stored at s3://bucket/summary-001.json.',
      expect.stringContaining('redacted'),
      expect.stringContaining('encrypted'),
      expect.stringContaining('not captured'),
    ]);
  });

  it('is fetched by the host once it is revealed, told to the audit, and dropped when it is hidden', async () => {
    const audit = vi.fn<OnReveal>();
    const load = vi.fn<LoadText>(async () => '<b>fetched</b>\u202E');
    const of = sessionWith({ state: 'ref', ref: 'file:///summary-001.json' });
    const { container } = render(<Host of={of} onReveal={audit} load={load} />);
    expect(load).not.toHaveBeenCalled();
    await press('Fetch and reveal summary');
    await waitFor(() => expect(shownText()).toBe('<b>fetched</b>U+202E'));
    expect(load.mock.calls.map(([ref]) => ref)).toEqual(['file:///summary-001.json']);
    expect(audit.mock.calls).toEqual([[cut?.id, 'summary']]);
    await press('Hide summary');
    expect(container.innerHTML).not.toContain('fetched');
    expect(load.mock.calls[0]?.[1].aborted).toBe(true);
  });

  it('says so where it cannot be fetched', async () => {
    const load: LoadText = () => Promise.reject(new Error('403 Forbidden'));
    render(<Host of={sessionWith({ state: 'ref', ref: 's3://bucket/x' })} load={load} />);
    await press('Fetch and reveal summary');
    expect((await screen.findByRole('alert')).textContent).toContain('403 Forbidden');
  });
});
