import type { Span } from './span.ts';

/** An attribute by its dotted key, whether the sender kept it flat (OTel) or nested (Ariadne data). */
function readAttribute(span: Span, key: string): unknown {
  if (Object.hasOwn(span.attrs, key)) return span.attrs[key];
  return key.split('.').reduce<unknown>(step, span.attrs);
}

export function readText(span: Span, key: string): string | undefined {
  const value = readAttribute(span, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number of tokens; senders write it as a number or as its text. Unknown stays `undefined`, never 0. */
export function readCount(span: Span, key: string): number | undefined {
  const value = readAttribute(span, key);
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const count = Number(value);
  return Number.isFinite(count) && count >= 0 ? count : undefined;
}

/** True or false; senders write it as a boolean or as its text. */
export function readFlag(span: Span, key: string): boolean | undefined {
  const value = readAttribute(span, key);
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

function step(value: unknown, part: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
  const inner: unknown = Reflect.get(value, part);
  return inner;
}
