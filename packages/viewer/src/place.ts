import { viewIds, type ViewId } from './views/view-id.ts';

/** Where in a session a reader is, for an address: ids and numbers only, never content. Absent is the usual. */
export type Place = {
  /** The selected run. */
  readonly run?: string;
  /** Absent: what fits the selection. */
  readonly view?: ViewId;
  /** Across the timeline: calls, or the time of day. */
  readonly axis?: 'time';
  /** Up the timeline: tokens, or the share of the window. */
  readonly unit?: 'percent';
  /** The timeline as a chart, or as a table of the same numbers. */
  readonly form?: 'table';
  /** The first and the last call that the timeline shows, by position. */
  readonly from?: number;
  readonly to?: number;
};

/** The part of a place that stands behind the `?` of an address; the run stands before it. */
export function placeToQuery({ view, axis, unit, form, from, to }: Place): string {
  const query = new URLSearchParams();
  if (view !== undefined) query.set('view', view);
  if (axis !== undefined) query.set('x', axis);
  if (unit !== undefined) query.set('y', unit);
  if (form !== undefined) query.set('as', form);
  if (from !== undefined && to !== undefined) query.set('calls', `${from}-${to}`);
  return query.toString();
}

/** What is not understood is left out. */
export function placeFromQuery(text: string): Place {
  const query = new URLSearchParams(text);
  const view = viewIds.find((id) => id === query.get('view'));
  const [, from, to] = /^([1-9]\d{0,8})-([1-9]\d{0,8})$/.exec(query.get('calls') ?? '') ?? [];
  const hasRange = from !== undefined && to !== undefined && Number(from) <= Number(to);
  return {
    ...(view !== undefined && { view }),
    ...(query.get('x') === 'time' && { axis: 'time' }),
    ...(query.get('y') === 'percent' && { unit: 'percent' }),
    ...(query.get('as') === 'table' && { form: 'table' }),
    ...(hasRange && { from: Number(from), to: Number(to) }),
  };
}

/** The place with parts changed; `undefined` takes a part away. */
export function moved(place: Place, change: { readonly [K in keyof Place]?: Place[K] | undefined }): Place {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- entries of places, and of nothing else
  return Object.fromEntries(
    Object.entries({ ...place, ...change }).filter(([, value]) => value !== undefined),
  ) as Place;
}
