/** A part of a span has another type than the protocol says. */
export class Malformed extends Error {
  readonly at: string;

  constructor(at: string) {
    super(`malformed at ${at}`);
    this.at = at;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/** Deeper values than this have no use, and what walks them later could overflow the stack. */
const MAX_DEPTH = 64;

/** Attributes under their dotted keys. The last of a repeated key wins. */
export function readAttributes(value: unknown, depth = 0): Fields {
  const attrs: Record<string, unknown> = {};
  for (const member of list(value, 'attributes')) {
    const { key, value: inner } = fields(member, 'attributes');
    if (typeof key !== 'string') throw new Malformed('attributes');
    put(attrs, key, readValue(inner, depth));
  }
  return attrs;
}

/** As a property of its own, whatever it is called. */
export function put(attrs: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') attrs[key] = value;
  else Object.defineProperty(attrs, key, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * The plain value of OTLP's AnyValue, in which one field is set, or none for an empty value. An integer beyond 2^53
 * stays text, exact; bytes stay base64; an empty value is null.
 */
function readValue(value: unknown, depth: number): unknown {
  if (value === undefined || value === null) return null;
  if (depth > MAX_DEPTH) throw new Malformed('attributes, which are nested too deeply');
  const any = fields(value, 'attributes');
  if (typeof any['stringValue'] === 'string') return any['stringValue'];
  if (any['arrayValue']) {
    const { values } = fields(any['arrayValue'], 'attributes');
    return list(values, 'attributes').map((inner) => readValue(inner, depth + 1));
  }
  if (any['kvlistValue'])
    return readAttributes(fields(any['kvlistValue'], 'attributes')['values'], depth + 1);
  if ((any['intValue'] ?? undefined) !== undefined) return integer(any['intValue']);
  return (
    scalar(any['stringValue'], 'string') ??
    scalar(any['boolValue'], 'boolean') ??
    // `NaN` and the infinities are text.
    scalar(any['doubleValue'], 'number', 'string') ??
    scalar(any['bytesValue'], 'string') ??
    null
  );
}

/** 64 bits do not fit a JSON number, so senders write text; some write a number all the same. */
function integer(value: unknown): number | string {
  const isInteger = typeof value === 'number' ? Number.isInteger(value) : /^-?\d{1,20}$/.test(String(value));
  if ((typeof value !== 'number' && typeof value !== 'string') || !isInteger)
    throw new Malformed('attributes');
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function scalar(value: unknown, ...types: readonly string[]): unknown {
  if (value === undefined || value === null || types.includes(typeof value)) return value;
  throw new Malformed('attributes');
}

/** An object; what is none is malformed. */
export function fields(value: unknown, at: string): Fields {
  if (isObject(value) && !Array.isArray(value)) return value;
  throw new Malformed(at);
}

/** A list, which may be left out. */
export function list(value: unknown, at: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new Malformed(at);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
