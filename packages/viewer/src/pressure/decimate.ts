type Sized = { readonly size: number; readonly isEdge: boolean };

/**
 * Thins a curve to at most `max` points. Edges stay; of every stretch of other points the lowest and the highest
 * stay. Where there are more edges than `max`, they are thinned too, evenly.
 */
export function decimate<TPoint extends Sized>(points: readonly TPoint[], max: number): readonly TPoint[] {
  if (points.length <= max) return points;
  const edges = points.filter((point, at) => point.isEdge || at === 0);
  if (edges.length >= max) return every(edges, max);
  const others = points.filter((point, at) => !point.isEdge && at > 0);
  const keep = new Set([...edges, ...extremes(others, Math.floor((max - edges.length) / 2))]);
  return points.filter((point) => keep.has(point));
}

function extremes<TPoint extends Sized>(points: readonly TPoint[], buckets: number): readonly TPoint[] {
  return Array.from({ length: buckets }, (_, bucket) => {
    const from = Math.floor((bucket * points.length) / buckets);
    const stretch = points.slice(from, Math.floor(((bucket + 1) * points.length) / buckets));
    const [first] = stretch;
    if (first === undefined) return [];
    const low = stretch.reduce((best, point) => (point.size < best.size ? point : best), first);
    const high = stretch.reduce((best, point) => (point.size > best.size ? point : best), first);
    return [low, high];
  }).flat();
}

function every<TPoint>(points: readonly TPoint[], count: number): readonly TPoint[] {
  return Array.from({ length: count }, (_, at) => points[Math.floor((at * points.length) / count)]).filter(
    (point) => point !== undefined,
  );
}
