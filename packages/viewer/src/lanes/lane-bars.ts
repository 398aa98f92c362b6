import type { Call } from '@clew/trace-model';
import { bandOf, type Axis } from '../pressure/axis.ts';

/** One bar of the lanes: a call, or some in a row where there are more calls than can be seen. */
export type LaneBar = {
  /** From 0 to 1 across. */
  readonly left: number;
  readonly width: number;
  /** Input tokens by what the provider's cache did with them, as it reported; absent where it reported nothing. */
  readonly input?: { readonly read: number; readonly written: number; readonly fresh: number };
  /** What the engine believed of the cache, where the provider said nothing; of the last of the calls. */
  readonly state?: 'warm' | 'cold' | 'unknown';
  /** What the input of the calls cost, and what summarising cost beside it; absent where no price is known. */
  readonly cost?: { readonly input: number; readonly summary: number };
};

/** More bars than this are narrower than can be seen. */
const maxBars = 400;

/** The bars over the calls of an axis, in order; together they cover it. */
export function laneBars(calls: readonly Call[], axis: Axis, max = maxBars): readonly LaneBar[] {
  const shown = calls.slice(axis.from - 1, axis.to);
  const size = Math.max(1, Math.ceil(shown.length / max));
  return Array.from({ length: Math.ceil(shown.length / size) }, (_, at) => {
    const group = shown.slice(at * size, (at + 1) * size);
    const first = bandOf(axis, axis.from + at * size);
    const last = bandOf(axis, axis.from + at * size + group.length - 1);
    return {
      left: first.left,
      width: last.left + last.width - first.left,
      ...inputOf(group),
      ...costOfCalls(group),
    };
  });
}

function inputOf(group: readonly Call[]): Pick<LaneBar, 'input' | 'state'> {
  const told = group.flatMap(({ usage }) =>
    usage?.inputTokens === undefined || usage.cacheReadTokens === undefined ? [] : [usage],
  );
  if (told.length === 0) {
    const state = group.findLast(({ cache }) => cache !== undefined)?.cache?.state;
    return state === undefined ? {} : { state };
  }
  const read = sum(told.map(({ cacheReadTokens = 0 }) => cacheReadTokens));
  const written = sum(told.map(({ cacheWriteTokens = 0 }) => cacheWriteTokens));
  const all = sum(told.map(({ inputTokens = 0 }) => inputTokens));
  return { input: { read, written, fresh: Math.max(0, all - read - written) } };
}

function costOfCalls(group: readonly Call[]): Pick<LaneBar, 'cost'> {
  const priced = group.flatMap(({ cost }) => (cost?.after === undefined ? [] : [cost]));
  if (priced.length === 0) return {};
  return {
    cost: {
      input: sum(priced.map(({ after = 0 }) => after)),
      summary: sum(priced.map(({ summary = 0 }) => summary)),
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}
