import type { Call } from '@clew/trace-model';

/** A stretch without a call that is drawn shorter than it was. */
type Gap = {
  /** The call after it, by position. */
  readonly before: number;
  readonly millis: number;
};

/** Where calls lie across the timeline: each reaches from its edge to the next one's. */
export type Axis = {
  readonly kind: 'call' | 'time';
  /** The first and the last call shown, by position from 1. */
  readonly from: number;
  readonly to: number;
  /** The left edge of call `from`, the edges between, and the right edge of call `to`: calls or milliseconds. */
  readonly edges: readonly number[];
  /** Idle stretches that are cut short, by time only. */
  readonly gaps: readonly Gap[];
};

export type Range = { readonly from: number; readonly to: number };

/** The part of the session that is shown, made to fit what there is. */
export function rangeOf(count: number, asked: Partial<Range>): Range {
  const last = Math.max(count, 1);
  const from = Math.min(Math.max(1, asked.from ?? 1), last);
  return { from, to: Math.max(from, Math.min(asked.to ?? last, last)) };
}

/** Every call is as wide as the others. */
export function callAxis({ from, to }: Range): Axis {
  const edges = Array.from({ length: to - from + 2 }, (_, at) => from + at - 0.5);
  return { kind: 'call', from, to, edges, gaps: [] };
}

/**
 * Every call is as wide as the time until the next one. A pause much longer than usual would leave the rest too narrow to be
 * seen, so it is drawn at most `longest` wide, and told as a gap. Calls must come in the order of time; one whose time is not
 * known gets the usual width.
 */
export function timeAxis(calls: readonly Call[], { from, to }: Range): Axis {
  const steps = calls.slice(from - 1, to).map((call, at) => stepOf(call, calls[from + at]));
  const known = steps.filter((step) => step !== undefined).toSorted((a, b) => a - b);
  const usual = Math.max(known[Math.floor(known.length / 2)] ?? 1, 1);
  const longest = Math.max(usual * 6, 30_000);
  const edges = [0];
  const gaps: Gap[] = [];
  for (const [at, step] of steps.entries()) {
    const millis = step ?? usual;
    edges.push((edges.at(-1) ?? 0) + Math.max(1, Math.min(millis, longest)));
    if (millis > longest) gaps.push({ before: from + at + 1, millis });
  }
  return { kind: 'time', from, to, edges, gaps };
}

function stepOf(call: Call, next: Call | undefined): number | undefined {
  if (call.start === undefined) return undefined;
  const until = next?.start ?? (next === undefined ? call.end : undefined);
  return until === undefined ? undefined : Math.max(0, until - call.start);
}

/** The edges of a call in the units of the axis; the nearest ones for a call that is not shown. */
export function edgesOf(axis: Axis, position: number): readonly [number, number] {
  const at = Math.min(Math.max(position - axis.from, 0), axis.edges.length - 2);
  return [axis.edges[at] ?? 0, axis.edges[at + 1] ?? 0];
}

/** The ends of the axis, in its units. */
export function domainOf({ edges }: Axis): readonly [number, number] {
  return [edges[0] ?? 0, edges.at(-1) ?? 1];
}

/** From 0 at the left edge to 1 at the right: the middle of a call. */
export function across(axis: Axis, position: number): number {
  const [left, right] = edgesOf(axis, position);
  return placeOf(axis, (left + right) / 2);
}

/** Where a call begins, and how wide it is, from 0 to 1. */
export function bandOf(axis: Axis, position: number): { readonly left: number; readonly width: number } {
  const [left, right] = edgesOf(axis, position);
  return { left: placeOf(axis, left), width: placeOf(axis, right) - placeOf(axis, left) };
}

/** The call at a place from 0 to 1 across. */
export function callAt(axis: Axis, place: number): number {
  const [start, end] = domainOf(axis);
  const value = start + Math.min(1, Math.max(0, place)) * (end - start);
  let low = 0;
  let high = axis.edges.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((axis.edges[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return axis.from + low;
}

export function isShown(axis: Axis, position: number): boolean {
  return position >= axis.from && position <= axis.to;
}

function placeOf(axis: Axis, value: number): number {
  const [start, end] = domainOf(axis);
  return end === start ? 0 : (value - start) / (end - start);
}
