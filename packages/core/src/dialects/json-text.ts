/** A value as JSON, or as far as it goes: never throws. A string stays as it is, and nothing is an empty text. */
export function jsonText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // A cycle, a bigint or a toJSON that throws: no provider could be sent it either.
    return Object.prototype.toString.call(value);
  }
}
