// @vitest-environment jsdom
import type { Call, Cut } from '@clew/trace-model';
import { cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { CallPanel } from './call-panel.tsx';
import { CutView } from './cut/cut-view.tsx';
import { cutName, cutTone } from './cut/cut-words.ts';
import { cutGlyph } from './cut/outcome-badge.tsx';
import { recordedSession } from './recorded-session.fixture.ts';
import { useReveal } from './use-reveal.ts';

afterEach(cleanup);

const { cuts, calls } = recordedSession({ isMeasured: true });
const [cut] = cuts;
const [call] = calls;
if (cut === undefined || call === undefined) throw new Error('The recorded session is empty.');

// What came back is in no fate of this cut, so its bars are left out.
const { fates: _fates, ...sizes } = cut;
const restored = (phase: string): Cut => ({
  ...sizes,
  outcome: 'restored',
  before: 40_000,
  after: 61_000,
  saved: -21_000,
  call: { ...cut.call, outcome: 'restored', phase },
});

function Shown({ of }: { readonly of: Cut }): ReactNode {
  return <CutView cut={of} reveal={useReveal()} />;
}

describe('what was put back', () => {
  it('has a sign of its own, and is neither good nor bad', () => {
    for (const phase of ['undo', 'reinflate']) {
      expect(cutGlyph(restored(phase))).toBe('undo');
      expect(cutTone(restored(phase))).toBe('plain');
    }
    expect(cutGlyph(cut)).toBe('scissors');
  });

  it('says whether a compaction was undone or items were asked for', () => {
    expect(cutName(restored('undo'))).toMatch(/^Undo at call \d+, 40k to 61k tokens, put back$/);
    render(<Shown of={restored('undo')} />);
    expect(screen.getByText(/^A compaction was undone/)).toBeDefined();
    cleanup();
    render(<Shown of={restored('reinflate')} />);
    expect(screen.getByText(/^What was asked for is in the context again/)).toBeDefined();
    expect(screen.getByText('+21k').closest('.clew-saved')?.textContent).toBe('+21k tokens');
  });
});

describe('a call at which nothing was compacted', () => {
  it('says that it would have gained too little, and why in the words of the engine', () => {
    const futile: Call = { ...call, outcome: 'futile', advice: 'Compacting again would not help.' };
    render(<CallPanel call={futile} />);
    expect(screen.getByText(/^Left as it was: a compaction would have gained too little/)).toBeDefined();
    expect(screen.getByText(/Compacting again would not help\./)).toBeDefined();
  });

  it('says nothing of it where nothing was wanted', () => {
    render(<CallPanel call={{ ...call, outcome: 'noop_below' }} />);
    expect(screen.queryByText(/^Left as it was/)).toBeNull();
  });
});
