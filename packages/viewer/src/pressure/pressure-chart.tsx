import type { Category } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatRatio } from '../format/ratio.ts';
import { formatTokens } from '../format/tokens.ts';
import { categoryWords } from '../words.ts';
import { domainOf, type Axis } from './axis.ts';
import type { Tick } from './axis-ticks.ts';
import { frame } from './frame.ts';
import type { PressurePoint } from './pressure-points.ts';
import type { Scale } from './scale.ts';

const lines = [
  { key: 'target', dash: '1 5', width: 1.5 },
  { key: 'trigger', dash: '2 4', width: 2 },
  { key: 'usable', dash: '7 4', width: 1 },
  { key: 'limit', dash: '0', width: 2 },
] as const;

/** The curve itself: a picture for the eye. Words, buttons and keys lie above it, in `PressureTimeline`. */
export function PressureChart({
  points,
  axis,
  ticks,
  scale,
  categories,
}: {
  readonly points: readonly PressurePoint[];
  readonly axis: Axis;
  readonly ticks: readonly Tick[];
  readonly scale: Scale;
  readonly categories: readonly Category[];
}): ReactNode {
  return (
    <ResponsiveContainer
      width="100%"
      height={frame.height}
      initialDimension={{ width: 720, height: frame.height }}
    >
      <ComposedChart
        // Areas are stacked in the order in which they first appear: a new part must not end up on top.
        key={categories.join(' ')}
        data={[...points]}
        margin={{ top: frame.top, right: frame.right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--clew-grid)" />
        <XAxis
          dataKey="x"
          type="number"
          domain={[...domainOf(axis)]}
          ticks={ticks.map(({ at }) => at)}
          tickFormatter={(at: number) => ticks.find((tick) => tick.at === at)?.label ?? ''}
          height={frame.bottom}
          {...plainAxis}
        />
        <YAxis
          type="number"
          domain={[0, scale.top]}
          ticks={[...scale.ticks]}
          width={frame.left}
          tickFormatter={(size: number) =>
            scale.unit === 'percent' ? formatRatio(size) : formatTokens(size)
          }
          {...plainAxis}
        />
        {categories.map((category) => (
          <Area
            key={category}
            name={categoryWords[category]}
            dataKey={(point: PressurePoint) => point.parts[category] ?? 0}
            type="stepAfter"
            stackId="context"
            fill={`var(--clew-category-${category})`}
            fillOpacity={1}
            stroke="var(--clew-surface)"
            strokeWidth={0.75}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
        {lines.map(({ key, dash, width }) => (
          <Line
            key={key}
            dataKey={(point: PressurePoint) => point[key]}
            type="stepAfter"
            stroke={`var(--clew-line-${key})`}
            strokeWidth={width}
            strokeDasharray={dash}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

const plainAxis = {
  tickLine: false,
  axisLine: false,
  interval: 'preserveStartEnd',
  tick: { fill: 'var(--clew-muted)', fontSize: 11 },
} as const;
