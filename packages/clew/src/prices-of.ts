import type { PriceList } from '@clew/core';
import type { ConfigFile, ConfigInput } from './config.ts';

/** The prices of a configuration, as the engine names their fields. */
export function pricesOf({ prices }: Pick<ConfigFile, 'prices'>): PriceList | undefined {
  if (prices === undefined) return undefined;
  const { currency, version, models } = prices;
  const named = Object.entries(models).map(([model, { input, cached_input, cache_write, output }]) => [
    model,
    {
      input,
      ...(cached_input === undefined ? {} : { cachedInput: cached_input }),
      ...(cache_write === undefined ? {} : { cacheWrite: cache_write }),
      output,
    },
  ]);
  return {
    currency,
    ...(version === undefined ? {} : { version }),
    models: Object.fromEntries(named) as PriceList['models'],
  };
}

/** The other way round: the names of models stay as they are. */
export function priceInputOf({ models, ...list }: PriceList): NonNullable<ConfigInput['prices']> {
  const named = Object.entries(models).map(([model, { cachedInput, cacheWrite, ...price }]) => [
    model,
    {
      ...price,
      ...(cachedInput === undefined ? {} : { cached_input: cachedInput }),
      ...(cacheWrite === undefined ? {} : { cache_write: cacheWrite }),
    },
  ]);
  return { ...list, models: Object.fromEntries(named) as NonNullable<ConfigInput['prices']>['models'] };
}
