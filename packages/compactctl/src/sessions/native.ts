/** A message as the tool that recorded it wrote it, or any other JSON object. */
export type Native = Readonly<Record<string, unknown>>;

export function isNative(value: unknown): value is Native {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; none where it is no list. */
export function nativesIn(value: unknown): readonly Native[] {
  return Array.isArray(value) ? value.filter(isNative) : [];
}

export function textOr(value: unknown, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}
