import { AsyncLocalStorage } from 'node:async_hooks';
import type { Usage } from '@clew/core';

export type UsageMeter = {
  /** What was used, wherever below `metered` it is told. */
  readonly add: (usage: Usage) => void;
  readonly metered: <TValue>(work: () => Promise<TValue>) => Promise<{ value: TValue; usage: Usage }>;
};

/** Adds up what each of many requests at once uses, each its own. */
export function meterUsage(): UsageMeter {
  const requests = new AsyncLocalStorage<Usage[]>();
  return {
    add: (usage) => void requests.getStore()?.push(usage),
    metered: async (work) => {
      const all: Usage[] = [];
      const value = await requests.run(all, work);
      const sum = (read: (usage: Usage) => number | undefined) =>
        all.reduce((total, usage) => total + (read(usage) ?? 0), 0);
      return {
        value,
        usage: {
          inputTokens: sum(({ inputTokens }) => inputTokens),
          outputTokens: sum(({ outputTokens }) => outputTokens),
          cacheReadInputTokens: sum(({ cacheReadInputTokens }) => cacheReadInputTokens),
        },
      };
    },
  };
}
