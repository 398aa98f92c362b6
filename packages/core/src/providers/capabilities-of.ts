import { z } from 'zod';
import { capabilityMatrix } from './capability-matrix.ts';
import { capabilitiesIn } from './capability-row.ts';
import type { CapabilityRow } from './capability-row.ts';
import { ModelCapabilities } from './model-capabilities.ts';

/** What a user knows better, by the model's id as it is asked for. It wins over the matrix, field by field. */
export const CapabilityOverrides = z.record(z.string().min(1), ModelCapabilities);
export type CapabilityOverrides = z.infer<typeof CapabilityOverrides>;

export type FoundCapabilities = {
  /**
   * `exact`: the matrix has this model. `family`: it has a model that this one's name goes on from, whose sizes are
   * not taken over. `configured`: only the user has it. `none`: nobody knows it.
   */
  readonly match: 'exact' | 'family' | 'configured' | 'none';
  /** The id in the matrix that was found. */
  readonly row?: string;
  readonly capabilities: ModelCapabilities;
};

/** What is known of a model, by its id as callers, gateways and clouds write it. */
export function capabilitiesOf(model: string, overrides: CapabilityOverrides = {}): FoundCapabilities {
  const own = Object.hasOwn(overrides, model) ? overrides[model] : undefined;
  const found = rowOf(model);
  if (found === undefined) {
    return { match: own === undefined ? 'none' : 'configured', capabilities: own ?? {} };
  }
  const { row, id, match } = found;
  const known = capabilitiesIn(row);
  return { match, row: id, capabilities: { ...(match === 'exact' ? known : withoutSizes(known)), ...own } };
}

type Found = { readonly row: CapabilityRow; readonly id: string; readonly match: 'exact' | 'family' };

function rowOf(model: string): Found | undefined {
  const plain = plainId(model);
  let nearest: Found | undefined;
  for (const row of capabilityMatrix) {
    for (const id of row.models) {
      if (id === plain) return { row, id, match: 'exact' };
      const isFamily = plain.startsWith(id) && /^[-.@:[]/u.test(plain.slice(id.length));
      if (isFamily && id.length > (nearest?.id.length ?? 0)) nearest = { row, id, match: 'family' };
    }
  }
  return nearest;
}

/** Without what gateways put before it (`openai/`, `us.anthropic.`, `ft:`) and without its date and revision. */
function plainId(model: string): string {
  return model
    .trim()
    .toLowerCase()
    .replace(/^ft:/u, '')
    .replace(/^.*\//u, '')
    .replace(/^(?:[a-z]+\.)?anthropic\./u, '')
    .replace(/-v\d+(?::\d+)?$/u, '')
    .replace(/[-@](?:\d{4}-\d{2}-\d{2}|\d{8})$/u, '');
}

/** A model's name goes on from another's; its sizes need not. */
function withoutSizes({ promptCaching, ...known }: ModelCapabilities): ModelCapabilities {
  const caching = typeof promptCaching === 'object' ? without(promptCaching, ['leastTokens']) : promptCaching;
  return {
    ...without(known, ['windowTokens', 'maxOutputTokens']),
    ...(caching === undefined ? {} : { promptCaching: caching }),
  };
}

function without<TValue extends object, TKey extends keyof TValue & string>(
  value: TValue,
  keys: readonly TKey[],
): Omit<TValue, TKey> {
  const left = { ...value };
  for (const key of keys) delete left[key];
  return left;
}
