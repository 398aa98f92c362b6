import { Category, type Call, type Session } from '@clew/trace-model';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { ChartBoundary } from './chart-boundary.tsx';
import { frame } from './frame.ts';
import { PressureLegend } from './pressure-legend.tsx';
import { PressureOverlay } from './pressure-overlay.tsx';
import { pressurePoints, type PressurePoint } from './pressure-points.ts';
import { PressureTable } from './pressure-table.tsx';
import { scaleFor } from './scale.ts';

// The chart library is large, and a session list does without it.
const PressureChart = lazy(async () => {
  const { PressureChart: component } = await import('./pressure-chart.tsx');
  return { default: component };
});

/** How full the context was at each call, by what it held, with the window's lines and a button for every cut. */
export function PressureTimeline({
  session,
  selected,
  onSelect,
}: {
  readonly session: Session;
  /** The selected run's id. */
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { calls } = session;
  const [isTable, setTable] = useState(false);
  const points = useMemo(() => pressurePoints(calls), [calls]);
  const scale = useMemo(() => scaleFor(points, calls.length), [points, calls]);
  const categories = useMemo(() => categoriesIn(points), [points]);
  const table = <PressureTable calls={calls} selected={selected} onSelect={onSelect} />;

  return (
    <section className="clew-panel clew-timeline" aria-label="Context pressure">
      <header className="clew-panel-head">
        <h2>Context pressure</h2>
        <div className="clew-switch" role="group" aria-label="Show as">
          <button type="button" aria-pressed={!isTable} onClick={() => setTable(false)}>
            Chart
          </button>
          <button type="button" aria-pressed={isTable} onClick={() => setTable(true)}>
            Table
          </button>
        </div>
      </header>
      {isTable ? (
        table
      ) : (
        <ChartBoundary fallback={table}>
          <div className="clew-chart">
            <Suspense fallback={<div className="clew-chart-wait" style={{ height: frame.height }} />}>
              <PressureChart points={points} scale={scale} categories={categories} />
            </Suspense>
            <PressureOverlay session={session} scale={scale} selected={selected} onSelect={onSelect} />
          </div>
          <PressureLegend categories={categories} latest={latestWithWindow(calls)} />
        </ChartBoundary>
      )}
    </section>
  );
}

/** The parts that occur anywhere, in prompt order. */
function categoriesIn(points: readonly PressurePoint[]): readonly Category[] {
  return Category.options.filter((category) => points.some((point) => (point.parts[category] ?? 0) > 0));
}

function latestWithWindow(calls: readonly Call[]): Call | undefined {
  return calls.findLast((call) => call.window?.trigger !== undefined) ?? calls.at(-1);
}
