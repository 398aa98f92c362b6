/** What stands where a text was cut: Ariadne's own words. */
const MARK = '... [truncated]';

type Attributes = Readonly<Record<string, unknown>>;

/** Cuts every text in the values that is longer than `max` UTF-16 units. What needs no cut comes back as it is. */
export function cutAttributes(attributes: Attributes, max: number, levelsLeft = 128): Attributes {
  let copy: Record<string, unknown> | undefined;
  for (const [name, inner] of Object.entries(attributes)) {
    const short = cutValue(inner, max, levelsLeft - 1);
    if (short === inner) continue;
    copy ??= { ...attributes };
    // As a property of its own, whatever it is called.
    Object.defineProperty(copy, name, { value: short, enumerable: true, configurable: true, writable: true });
  }
  return copy ?? attributes;
}

export function cutText(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max) + MARK;
}

/** What is nested more deeply than anybody takes is left as it is. */
function cutValue(value: unknown, max: number, levelsLeft: number): unknown {
  if (typeof value === 'string') return cutText(value, max);
  if (!isObject(value) || levelsLeft <= 0) return value;
  if (!Array.isArray(value)) return cutAttributes(value, max, levelsLeft);
  const list = value.map((inner: unknown) => cutValue(inner, max, levelsLeft - 1));
  return list.every((inner, index) => inner === value[index]) ? value : list;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
