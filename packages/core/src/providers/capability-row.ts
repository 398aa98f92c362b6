import type { CapabilitySourceName } from './capability-sources.ts';
import type { Capability, ModelCapabilities } from './model-capabilities.ts';

/** A cell of the matrix: what is known, and from where. */
export type Told<TValue> = { readonly value: TValue; readonly sources: readonly CapabilitySourceName[] };

/** Models that have the same capabilities. A cell that is absent is unknown. */
export type CapabilityRow = {
  readonly provider: string;
  /** Ids without dates and prefixes. */
  readonly models: readonly string[];
  readonly cells: { readonly [TName in Capability]?: Told<NonNullable<ModelCapabilities[TName]>> };
};

export function told<const TValue>(value: TValue, ...sources: readonly CapabilitySourceName[]): Told<TValue> {
  return { value, sources };
}

/** What the cells of a row say, without where it was read. */
export function capabilitiesIn({ provider, cells }: CapabilityRow): ModelCapabilities {
  const values = Object.entries(cells).map(([name, cell]) => [name, cell.value]);
  return { provider, ...Object.fromEntries(values) };
}
