import type { Flags } from './command.ts';
import { UsageError } from './usage-error.ts';

/** The value of a flag that is a whole number, or `undefined` where the flag was not given. */
export function wholeNumber(name: string, value: Flags[string]): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (typeof value !== 'string' || value.trim() === '' || !Number.isInteger(number) || number < 0) {
    throw new UsageError(`--${name} expects a whole number, got '${String(value)}'`);
  }
  return number;
}
