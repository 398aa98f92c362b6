import type { PriceList } from '@clew/core';
import type { SessionContent } from '../sessions/session-format.ts';
import { modelBill } from './cache-model.ts';
import { billOf, recordedPrices } from './recorded-prices.ts';
import { promptOf, usageOf } from './recorded-usage.ts';

/** What really happened, and what the cost model makes of it: how far its other figures can be trusted. */
export type RecordedBehaviour = {
  readonly calls: number;
  readonly peakTokens: number;
  readonly sentTokens: number;
  readonly currency?: string;
  /** What the provider charged: as the recorder wrote it down, else the recorded tokens at the given prices. */
  readonly bill?: number;
  /** The same calls by the cost model. */
  readonly modelled?: number;
  /** (modelled − bill) / bill */
  readonly error?: number;
};

/** Nothing where the recording has no usage. */
export function recordedBehaviour(
  { items }: Pick<SessionContent, 'items'>,
  given: PriceList | undefined,
): RecordedBehaviour | undefined {
  const usages = items.flatMap((item) => usageOf(item) ?? []);
  if (usages.length === 0) return undefined;
  const prompts = usages.map(promptOf);
  const behaviour = {
    calls: usages.length,
    peakTokens: Math.max(...prompts),
    sentTokens: prompts.reduce((sum, tokens) => sum + tokens, 0),
  };
  const prices = given ?? recordedPrices(usages);
  const bill = prices && billOf(usages, prices);
  if (prices === undefined || bill === undefined) return behaviour;
  const calls = usages.map((recorded, index) => {
    const promptTokens = prompts[index] ?? 0;
    return { recorded, promptTokens, sharedTokens: Math.min(promptTokens, prompts[index - 1] ?? 0) };
  });
  const modelled = modelBill(calls, prices);
  if (modelled === undefined) return { ...behaviour, currency: prices.currency, bill };
  return { ...behaviour, currency: prices.currency, bill, modelled, error: modelled / bill - 1 };
}
