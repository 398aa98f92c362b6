import type { ModelPrice, PriceList } from '@clew/core';
import type { Bill, RecordedUsage } from './recorded-usage.ts';

/** The prices that a recording's own bill was made with: the amounts of each model by its tokens. */
export function recordedPrices(usages: readonly RecordedUsage[]): PriceList | undefined {
  const models: Record<string, ModelPrice> = {};
  for (const model of new Set(usages.map((usage) => usage.model))) {
    const price =
      model === undefined ? undefined : priceFrom(usages.filter((usage) => usage.model === model));
    if (model !== undefined && price !== undefined) models[model] = price;
  }
  return Object.keys(models).length === 0 ? undefined : { currency: 'USD', version: 'as recorded', models };
}

function priceFrom(usages: readonly RecordedUsage[]): ModelPrice | undefined {
  const rate = (part: keyof Bill): number | undefined => {
    const billed = usages.filter(({ bill }) => bill !== undefined);
    const tokens = billed.reduce((sum, usage) => sum + usage[part], 0);
    const amount = billed.reduce((sum, { bill }) => sum + (bill?.[part] ?? 0), 0);
    return tokens === 0 ? undefined : (amount / tokens) * 1_000_000;
  };
  const [input, cachedInput, cacheWrite, output] = [
    rate('input'),
    rate('cachedInput'),
    rate('cacheWrite'),
    rate('output'),
  ];
  const paid = input ?? cacheWrite;
  if (paid === undefined || output === undefined) return undefined;
  return {
    input: paid,
    ...(cachedInput === undefined ? {} : { cachedInput }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
    output,
  };
}

/** What the provider charged: the recorder's own bill, else the recorded tokens at these prices. */
export function billOf(usages: readonly RecordedUsage[], prices: PriceList): number | undefined {
  let sum = 0;
  for (const usage of usages) {
    const { bill, model } = usage;
    if (bill !== undefined) {
      sum += bill.input + bill.cachedInput + bill.cacheWrite + bill.output;
      continue;
    }
    const price =
      model !== undefined && Object.hasOwn(prices.models, model) ? prices.models[model] : undefined;
    if (price === undefined) return undefined;
    const { input, cachedInput = input, cacheWrite = input, output } = price;
    sum +=
      (usage.input * input +
        usage.cachedInput * cachedInput +
        usage.cacheWrite * cacheWrite +
        usage.output * output) /
      1_000_000;
  }
  return sum;
}
