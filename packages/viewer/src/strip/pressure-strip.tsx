import type { Session } from '@clew/trace-model';
import { useMemo, type ReactNode } from 'react';
import { currentSize } from '../current-size.ts';
import { cutName } from '../cut/cut-words.ts';
import { Glyph } from '../glyph.tsx';
import { findingsOf } from '../health/health-rules.ts';
import { callAxis, rangeOf } from '../pressure/axis.ts';
import { CutButtons } from '../pressure/cut-buttons.tsx';
import { Sparkline } from '../sparkline.tsx';
import { useWidth } from '../use-width.ts';
import { PressureSentence } from './pressure-sentence.tsx';

/** A session in one line, for a host's page: how full it is, the gravest finding, and a button for every cut. */
export function PressureStrip({
  session,
  selected,
  onSelect,
}: {
  readonly session: Session;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { calls, cuts } = session;
  const last = cuts.at(-1);
  const { ref, width } = useWidth<HTMLDivElement>(320);
  const axis = useMemo(() => callAxis(rangeOf(calls.length, {})), [calls.length]);
  const worst = useMemo(() => findingsOf(session).find(({ weight }) => weight !== 'plain'), [session]);
  return (
    <section className="clew-strip" aria-label="Context pressure">
      <Gauge session={session} />
      <div className="clew-strip-words">
        <span>
          <PressureSentence session={session} />{' '}
          {last === undefined ? null : (
            <button
              type="button"
              className="clew-link"
              aria-label={`${cutName(last)}, last compaction`}
              onClick={() => onSelect(last.id)}
            >
              last compaction
            </button>
          )}
        </span>
        {worst === undefined ? null : (
          <span className={`clew-strip-finding clew-tone-${worst.weight}`}>
            <Glyph name={worst.weight === 'bad' ? 'cross' : 'triangle'} /> {worst.says}
          </span>
        )}
      </div>
      <div className="clew-strip-curve" ref={ref}>
        <Sparkline calls={calls} />
        <CutButtons cuts={cuts} axis={axis} width={width} selected={selected} onSelect={onSelect} />
      </div>
    </section>
  );
}

/** How full the window is; a picture of what the sentence says. */
function Gauge({ session }: { readonly session: Session }): ReactNode {
  const call = session.calls.at(-1);
  const tokens = currentSize(call)?.tokens;
  const window = call?.window;
  if (tokens === undefined || window === undefined || window.limit === 0) return null;
  const share = Math.min(1, tokens / window.limit);
  const tone = window.trigger !== undefined && tokens >= window.trigger ? 'bad' : 'good';
  return (
    <span className={`clew-gauge clew-tone-${tone}`} aria-hidden="true">
      <i style={{ height: `${share * 100}%` }} />
      {window.trigger === undefined ? null : (
        <b style={{ bottom: `${(window.trigger / window.limit) * 100}%` }} />
      )}
    </span>
  );
}
