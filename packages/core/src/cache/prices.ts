import { z } from 'zod';

const perMillion = z.number().nonnegative();

/** What one model costs, per million tokens. What is not known of a cache is charged like any input. */
export const ModelPrice = z.strictObject({
  input: perMillion.describe('Input that no cache served.'),
  cachedInput: perMillion.optional().describe("Input read from the provider's cache. Default: input."),
  cacheWrite: perMillion
    .optional()
    .describe('Input that the provider writes into its cache. Default: input, as where writing is free.'),
  output: perMillion.describe('Output, reasoning included.'),
});
export type ModelPrice = z.infer<typeof ModelPrice>;

/** Prices as the user knows them. None are built in: they change, and differ by contract. */
export const PriceList = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/u, 'Expected a currency by its three letters, as USD')
    .describe('The currency of all prices, by its three letters.'),
  version: z.string().min(1).optional().describe('Which list this is, as its date; it stands in the record.'),
  models: z
    .record(z.string(), ModelPrice)
    .describe('By the exact name of the model. A model that is not listed has no price.'),
});
export type PriceList = z.infer<typeof PriceList>;

/** `undefined` where no price is known: a neighbour's price would be a guess. */
export function priceOf(prices: PriceList | undefined, model: string | undefined): ModelPrice | undefined {
  if (prices === undefined || model === undefined) return undefined;
  return Object.hasOwn(prices.models, model) ? prices.models[model] : undefined;
}

/** What a prompt costs of which the provider's cache serves `cachedTokens`; the rest is written into it. */
export function inputCost(
  { input, cachedInput = input, cacheWrite = input }: ModelPrice,
  { totalTokens, cachedTokens }: { readonly totalTokens: number; readonly cachedTokens: number },
): number {
  const read = Math.min(cachedTokens, totalTokens);
  return (read * cachedInput + (totalTokens - read) * cacheWrite) / 1_000_000;
}
