import { CompactError } from './errors.ts';

/**
 * JSON with sorted keys and without `undefined`, so that a value has one text whichever process, database or
 * copy it came through.
 *
 * @throws CompactError `invalid_items` where the value holds a cycle
 */
export function canonicalJson(value: unknown): string {
  try {
    return JSON.stringify(value, sortKeys) ?? 'null';
  } catch (cause) {
    const message = `Items and tools must be what JSON can write; this one is not: ${String(cause)}`;
    throw new CompactError({ code: 'invalid_items', message, cause });
  }
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (isSorted(entries)) return value;
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function isSorted(entries: readonly (readonly [string, unknown])[]): boolean {
  return entries.every(([key], index) => index === 0 || (entries[index - 1]?.[0] ?? '') < key);
}
