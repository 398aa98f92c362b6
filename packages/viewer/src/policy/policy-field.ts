import type { Run } from '@clew/trace-model';

/** What was decided at a call, with the policy's fields as a configuration file writes them. */
export type Decision = NonNullable<Run['decision']>;
export type Policy = Decision['policy'];

/** A number of the policy; fields that are not told are not made up. */
export function numberIn(policy: Policy, field: string): number | undefined {
  const value = policy[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A field's value for people: lists with commas, text as it is. */
export function fieldWords(value: unknown): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(fieldWords).join(', ');
  return JSON.stringify(value);
}

/** Two shares with as many digits as it takes to tell them apart, at least two, at most four. */
export function comparedShares(a: number, b: number): readonly [string, string] {
  const digits = [2, 3].find((count) => a === b || a.toFixed(count) !== b.toFixed(count)) ?? 4;
  return [a.toFixed(digits), trimmed(b, digits)];
}

/** `0.85`, also where `0.850` would do. */
function trimmed(share: number, digits: number): string {
  const short = String(share);
  return short.length <= digits + 2 ? short : share.toFixed(digits);
}
