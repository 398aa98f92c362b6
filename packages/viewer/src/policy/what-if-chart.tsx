import type { ReactNode } from 'react';
import { formatTokens } from '../format/tokens.ts';
import { useWidth } from '../use-width.ts';
import type { Recording } from './recorded-calls.ts';
import { triggerTokens, type Settings, type SimulatedCall, type Simulation } from './simulate-policy.ts';

const height = 180;
/** More steps than this are narrower than a pixel. */
const maxSteps = 1_200;

/** Two step curves on one scale: what was recorded as an area, what is simulated as a line. The table has the numbers. */
export function WhatIfChart({
  recorded,
  simulated,
  recording,
  settings,
}: {
  readonly recorded: Simulation;
  readonly simulated: Simulation;
  readonly recording: Recording;
  readonly settings: Settings;
}): ReactNode {
  const { ref, width } = useWidth<HTMLDivElement>(640);
  const last = recording.calls.at(-1);
  if (last === undefined) return null;
  const top = Math.max(last.limit, recorded.peak, simulated.peak, 1) * 1.03;
  const y = (tokens: number): number => round(height - (tokens / top) * height);
  const count = recording.calls.length;
  const x = (at: number): number => round((at / count) * width);
  const trigger = triggerTokens(last, settings);
  return (
    <div ref={ref} className="clew-what-if-chart">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Simulated: ${times(simulated.cuts)}, at most ${formatTokens(simulated.peak)} tokens. Recorded: ${times(recorded.cuts)}, at most ${formatTokens(recorded.peak)} tokens.`}
      >
        <text className="clew-watermark" x={width / 2} y={height / 2} fontSize={Math.min(64, width / 8)}>
          SIMULATED
        </text>
        <path className="clew-recorded" d={`M0 ${height}${steps(recorded.calls, x, y)}V${height}Z`} />
        <path
          className="clew-sparkline-trigger"
          d={`M0 ${y(trigger)}H${width}M0 ${y(last.limit)}H${width}`}
        />
        <path
          className="clew-simulated-line"
          d={`M0 ${y(simulated.calls[0]?.before ?? 0)}${steps(simulated.calls, x, y)}`}
        />
        <text className="clew-line-text" x={4} y={y(trigger) - 4}>
          trigger {formatTokens(trigger)}
        </text>
        <text className="clew-line-text" x={4} y={y(last.limit) + 12}>
          limit {formatTokens(last.limit)}
        </text>
      </svg>
      <p className="clew-legend">
        <span className="clew-key">
          <i className="clew-swatch clew-recorded-key" /> Recorded
        </span>
        <span className="clew-key">
          <i className="clew-line clew-simulated-key" /> Simulated
        </span>
      </p>
    </div>
  );
}

/** A step for each call; where there are too many, those with a cut and every so manieth other one. */
function steps(
  calls: readonly SimulatedCall[],
  x: (at: number) => number,
  y: (tokens: number) => number,
): string {
  const every = Math.ceil(calls.length / maxSteps);
  return calls
    .map(({ before, after, isCut }, at) =>
      isCut || at % every === 0
        ? `L${x(at)} ${y(before)}${isCut ? `H${x(at + 0.5)}V${y(after)}` : ''}H${x(at + 1)}`
        : '',
    )
    .join('');
}

function times(cuts: number): string {
  return cuts === 1 ? '1 compaction' : `${cuts} compactions`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
