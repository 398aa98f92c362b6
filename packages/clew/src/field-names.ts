import { camelCase } from './case-names.ts';
import { variableOf } from './environment.ts';

type Origins = {
  /** As a file would say it. */
  readonly overrides: object;
  readonly environment: object;
};

/** How a field is called where it was written: `policy.triggerPct` in code, `COMPACT_TRIGGER_PCT`, `policy.trigger_pct`. */
export function fieldNames({ overrides, environment }: Origins): (path: readonly PropertyKey[]) => string {
  return (path) => {
    const names = path.map(String);
    const dotted = names.join('.');
    if (has(overrides, names)) return names.map(camelCase).join('.');
    return has(environment, names) ? `${variableOf(path.slice(0, 2).map(String))} (${dotted})` : dotted;
  };
}

function has(value: unknown, [head, ...rest]: readonly string[]): boolean {
  if (head === undefined) return true;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, head)) return false;
  return has((value as Readonly<Record<string, unknown>>)[head], rest);
}
