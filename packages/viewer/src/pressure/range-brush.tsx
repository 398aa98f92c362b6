import type { Call } from '@clew/trace-model';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { Sparkline } from '../sparkline.tsx';
import type { Range } from './axis.ts';

/** The whole session in small, and over it the part that is shown: drag its ends, drag it, or draw a new one. */
export function RangeBrush({
  calls,
  range,
  onRange,
}: {
  readonly calls: readonly Call[];
  readonly range: Range;
  readonly onRange: (range: Range) => void;
}): ReactNode {
  const area = useRef<HTMLDivElement>(null);
  const anchor = useRef<number>(undefined);
  const count = calls.length;
  const positionOf = (event: PointerEvent): number => {
    const box = area.current?.getBoundingClientRect();
    const place = box === undefined || box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
    return Math.min(count, Math.max(1, Math.floor(place * count) + 1));
  };
  const set = (a: number, b: number): void => onRange({ from: Math.min(a, b), to: Math.max(a, b) });

  return (
    <div
      className={range.from === 1 && range.to >= count ? 'clew-brush clew-brush-whole' : 'clew-brush'}
      ref={area}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const at = positionOf(event);
        // Near an end of the part that is shown that end is taken; elsewhere a new part begins.
        const reach = Math.max(1, count / 60);
        const isZoomed = range.from > 1 || range.to < count;
        if (isZoomed && Math.abs(at - range.from) <= reach) anchor.current = range.to;
        else if (isZoomed && Math.abs(at - range.to) <= reach) anchor.current = range.from;
        else anchor.current = at;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (anchor.current === undefined) return;
        const at = positionOf(event);
        if (at !== anchor.current) set(anchor.current, at);
      }}
      onPointerUp={() => (anchor.current = undefined)}
      onPointerCancel={() => (anchor.current = undefined)}
    >
      <Sparkline calls={calls} />
      <i
        className="clew-brush-part"
        style={{
          left: `${((range.from - 1) / count) * 100}%`,
          right: `${(1 - range.to / count) * 100}%`,
        }}
      />
      <End
        name="First call shown"
        at={range.from}
        max={count}
        place={(range.from - 1) / count}
        onMove={(from) => set(from, Math.max(from, range.to))}
      />
      <End
        name="Last call shown"
        at={range.to}
        max={count}
        place={range.to / count}
        onMove={(to) => set(Math.min(range.from, to), to)}
      />
    </div>
  );
}

function End({
  name,
  at,
  max,
  place,
  onMove,
}: {
  readonly name: string;
  readonly at: number;
  readonly max: number;
  readonly place: number;
  readonly onMove: (at: number) => void;
}): ReactNode {
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = stepTo(event.key, at, max);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(to);
  };
  return (
    <div
      className="clew-brush-end"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={1}
      aria-valuemax={max}
      aria-valuenow={at}
      style={{ left: `${place * 100}%` }}
      onKeyDown={onKeyDown}
    />
  );
}

function stepTo(key: string, at: number, max: number): number | undefined {
  const leap = Math.max(1, Math.round(max / 20));
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    PageDown: at - leap,
    PageUp: at + leap,
    Home: 1,
    End: max,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.min(max, Math.max(1, to));
}
