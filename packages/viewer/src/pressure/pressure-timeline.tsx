import { categories, type Category, type Call, type Session } from '@clew/trace-model';
import { lazy, memo, Suspense, useMemo, useState, type ReactNode } from 'react';
import { Lanes } from '../lanes/lanes.tsx';
import { moved, type Place } from '../place.ts';
import { axisTicks } from './axis-ticks.ts';
import { callAxis, rangeOf, timeAxis } from './axis.ts';
import { ChartBoundary } from './chart-boundary.tsx';
import { frame } from './frame.ts';
import { PressureLegend } from './pressure-legend.tsx';
import { PressureOverlay } from './pressure-overlay.tsx';
import { pressurePoints, type PressurePoint } from './pressure-points.ts';
import { PressureTable } from './pressure-table.tsx';
import { ProjectionLine } from './projection-line.tsx';
import { RangeBrush } from './range-brush.tsx';
import { scaleFor } from './scale.ts';
import { TimelineSettings } from './timeline-settings.tsx';

// The chart library is large, and a session list does without it. It is also slow: selecting a call must not draw the curve anew.
const PressureChart = memo(
  lazy(async () => {
    const { PressureChart: component } = await import('./pressure-chart.tsx');
    return { default: component };
  }),
);

/** A session of fewer calls is all in sight. */
const worthZooming = 12;

/** How full the context was at each call, by what it held, with the window's lines and a button for every cut. */
export function PressureTimeline({
  session,
  place,
  onPlace,
  onSelect,
}: {
  readonly session: Session;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { calls } = session;
  const selected = place.run;
  const [hidden, setHidden] = useState<ReadonlySet<Category>>(new Set());
  const hasLimit = calls.some(({ window }) => window !== undefined && window.limit > 0);
  const unit = hasLimit && place.unit === 'percent' ? 'percent' : 'tokens';
  const range = rangeOf(calls.length, place);
  const axis = useMemo(() => {
    const part = { from: range.from, to: range.to };
    return place.axis === 'time' ? timeAxis(calls, part) : callAxis(part);
  }, [calls, place.axis, range.from, range.to]);
  const points = useMemo(() => pressurePoints(calls, { axis, unit }), [calls, axis, unit]);
  const scale = useMemo(() => scaleFor(points, unit), [points, unit]);
  const ticks = useMemo(() => axisTicks(axis, calls), [axis, calls]);
  const parts = useMemo(() => categoriesIn(points), [points]);
  const shownCategories = useMemo(() => parts.filter((category) => !hidden.has(category)), [parts, hidden]);
  const isWhole = range.from === 1 && range.to === Math.max(calls.length, 1);
  const table = (
    <PressureTable calls={calls.slice(range.from - 1, range.to)} selected={selected} onSelect={onSelect} />
  );

  return (
    <section className="clew-panel clew-timeline" aria-label="Context pressure">
      <header className="clew-panel-head">
        <h2>Context pressure</h2>
        <TimelineSettings place={place} onPlace={onPlace} hasLimit={hasLimit} />
      </header>
      {place.form === 'table' ? (
        table
      ) : (
        <ChartBoundary fallback={table}>
          <div className="clew-chart" data-export="timeline">
            <Suspense fallback={<div className="clew-chart-wait" style={{ height: frame.height }} />}>
              <PressureChart
                points={points}
                axis={axis}
                ticks={ticks}
                scale={scale}
                categories={shownCategories}
              />
            </Suspense>
            <PressureOverlay
              session={session}
              axis={axis}
              scale={scale}
              selected={selected}
              onSelect={onSelect}
            />
          </div>
          <Lanes calls={calls} axis={axis} />
        </ChartBoundary>
      )}
      {calls.length < worthZooming ? null : (
        <div className="clew-brush-row">
          <RangeBrush
            calls={calls}
            range={range}
            onRange={({ from, to }) =>
              onPlace(
                moved(
                  place,
                  from === 1 && to === calls.length ? { from: undefined, to: undefined } : { from, to },
                ),
              )
            }
          />
          {isWhole ? null : (
            <button
              type="button"
              className="clew-button"
              title="The whole session (z)"
              onClick={() => onPlace(moved(place, { from: undefined, to: undefined }))}
            >
              Calls {range.from} to {range.to} · show all
            </button>
          )}
        </div>
      )}
      <ProjectionLine calls={calls} />
      <PressureLegend
        categories={parts}
        hidden={hidden}
        onHidden={setHidden}
        latest={latestWithWindow(calls)}
      />
    </section>
  );
}

/** The parts that occur anywhere, in prompt order. */
function categoriesIn(points: readonly PressurePoint[]): readonly Category[] {
  return categories.filter((category) => points.some((point) => (point.parts[category] ?? 0) > 0));
}

function latestWithWindow(calls: readonly Call[]): Call | undefined {
  return calls.findLast((call) => call.window?.trigger !== undefined) ?? calls.at(-1);
}
