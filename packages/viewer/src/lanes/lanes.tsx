import type { Call } from '@clew/trace-model';
import { memo, useMemo, type ReactNode } from 'react';
import { formatMoney } from '../format/money.ts';
import { formatRatio } from '../format/ratio.ts';
import { plural } from '../words.ts';
import type { Axis } from '../pressure/axis.ts';
import { frame } from '../pressure/frame.ts';
import { laneBars, type LaneBar } from './lane-bars.ts';
import { laneBox, lanePath, type Extent } from './lane-paths.ts';

/** Below the pressure, on the same axis: what the provider's cache did at each call, and what the call cost. */
export const Lanes = memo(function LanesBelow({
  calls,
  axis,
}: {
  readonly calls: readonly Call[];
  readonly axis: Axis;
}): ReactNode {
  const bars = useMemo(() => laneBars(calls, axis), [calls, axis]);
  const currency = calls.findLast(({ cost }) => cost?.after !== undefined)?.cost?.currency;
  const dearest = bars.reduce((max, { cost }) => Math.max(max, cost ? cost.input + cost.summary : 0), 0);
  const hasCache = bars.some(({ input, state }) => input !== undefined || state !== undefined);
  return (
    <div className="clew-lanes">
      {hasCache ? (
        <Lane
          name="Cache"
          label={cacheName(bars)}
          layers={[
            ['read', lanePath(bars, readOf)],
            ['written', lanePath(bars, writtenOf)],
            ['fresh', lanePath(bars, freshOf)],
            ['warm', lanePath(bars, stateOf('warm'))],
            ['cold', lanePath(bars, stateOf('cold'))],
            ['unknown', lanePath(bars, stateOf('unknown'))],
          ]}
        />
      ) : null}
      {currency === undefined || dearest === 0 ? null : (
        <Lane
          name="Cost"
          label={costName(bars, currency)}
          layers={[
            ['cost', lanePath(bars, ({ cost }) => cost && [0, cost.input / dearest])],
            [
              'summary-cost',
              lanePath(
                bars,
                ({ cost }) => cost && [cost.input / dearest, (cost.input + cost.summary) / dearest],
              ),
            ],
          ]}
        />
      )}
    </div>
  );
});

function Lane({
  name,
  label,
  layers,
}: {
  readonly name: string;
  readonly label: string;
  readonly layers: readonly (readonly [string, string])[];
}): ReactNode {
  return (
    <div className="clew-lane" style={{ paddingRight: frame.right }}>
      <span aria-hidden="true" style={{ width: frame.left }}>
        {name}
      </span>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${laneBox.width} ${laneBox.height}`}
        preserveAspectRatio="none"
      >
        <title>{label}</title>
        {layers.map(([layer, path]) =>
          path === '' ? null : <path key={layer} className={`clew-lane-${layer}`} d={path} />,
        )}
      </svg>
    </div>
  );
}

function readOf({ input }: LaneBar): Extent {
  return input && [0, input.read / total(input)];
}

function writtenOf({ input }: LaneBar): Extent {
  return input && [input.read / total(input), (input.read + input.written) / total(input)];
}

function freshOf({ input }: LaneBar): Extent {
  return input && [(input.read + input.written) / total(input), 1];
}

/** What is only believed is a low band: no share of anything is known. */
function stateOf(state: LaneBar['state']): (bar: LaneBar) => Extent {
  return (bar) => (bar.state === state ? [0, 0.35] : undefined);
}

function total({ read, written, fresh }: NonNullable<LaneBar['input']>): number {
  return Math.max(1, read + written + fresh);
}

function cacheName(bars: readonly LaneBar[]): string {
  const told = bars.flatMap(({ input }) => input ?? []);
  const all = told.reduce((sum, input) => sum + input.read + input.written + input.fresh, 0);
  if (all === 0) return 'Cache: the provider reported nothing of it; what the engine believed is drawn';
  const read = told.reduce((sum, input) => sum + input.read, 0);
  return `Cache: ${formatRatio(read / all)} of the input was read from it, as the provider reported`;
}

function costName(bars: readonly LaneBar[], currency: string): string {
  const costs = bars.flatMap(({ cost }) => cost ?? []);
  const input = costs.reduce((sum, cost) => sum + cost.input, 0);
  const summary = costs.reduce((sum, cost) => sum + cost.summary, 0);
  const of = plural(bars.length, 'bar');
  return `Cost: input ${formatMoney(input, currency)}, summaries ${formatMoney(summary, currency)}, in ${of}`;
}
