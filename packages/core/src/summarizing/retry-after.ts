/** A field of a value of unknown shape; a getter that throws has none. */
export function field(value: unknown, name: string): unknown {
  try {
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)[name]
      : undefined;
  } catch {
    return undefined;
  }
}

/** How long an error asks to wait, in milliseconds: by a field of its own or by the headers of its response. */
export function retryAfterOf(error: unknown, now: number): number | undefined {
  const own = field(error, 'retryAfterMillis');
  if (typeof own === 'number' && own >= 0) return own;
  const headers = field(error, 'headers') ?? field(field(error, 'response'), 'headers');
  const millis = Number(header(headers, 'retry-after-ms') ?? Number.NaN);
  if (millis >= 0) return millis;
  const told = header(headers, 'retry-after');
  if (told === undefined || told === '') return undefined;
  const seconds = Number(told);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(told);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** From a `Headers` or from a plain object, whatever its case. */
function header(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value =
    'get' in headers && typeof headers.get === 'function'
      ? (headers as { get(name: string): unknown }).get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
