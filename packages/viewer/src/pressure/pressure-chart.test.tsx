// @vitest-environment jsdom
import type { Category } from '@clew/trace-model';
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { axisTicks } from './axis-ticks.ts';
import { callAxis, rangeOf } from './axis.ts';
import { PressureChart } from './pressure-chart.tsx';
import { pressurePoints } from './pressure-points.ts';
import { scaleFor } from './scale.ts';

afterEach(cleanup);

const { calls } = recordedSession({ calls: 20 });
const axis = callAxis(rangeOf(calls.length, {}));
const points = pressurePoints(calls, { axis });
const chart = (...categories: Category[]): React.ReactElement => (
  <PressureChart
    points={points}
    axis={axis}
    ticks={axisTicks(axis, calls)}
    scale={scaleFor(points, 'tokens')}
    categories={categories}
  />
);

describe('the pressure chart', () => {
  it('stacks its parts in prompt order, also when one of them first appears later', () => {
    const { container, rerender } = render(chart('tools', 'tool_results'));
    rerender(chart('tools', 'summary', 'tool_results'));
    const fills = [...container.querySelectorAll('.recharts-area-area')].map((area) =>
      area.getAttribute('fill'),
    );
    expect(fills).toEqual(['tools', 'summary', 'tool_results'].map((part) => `var(--clew-category-${part})`));
    const heights = [...container.querySelectorAll('.recharts-area-area')].map((area) =>
      topOf(area.getAttribute('d')),
    );
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
  });
});

/** The highest place of a path, in pixels from above. */
function topOf(path: string | null): number {
  const numbers = (path ?? '')
    .split(/[^\d.]+/)
    .filter((part) => part !== '')
    .map(Number);
  return Math.min(...numbers.filter((_, at) => at % 2 === 1));
}
