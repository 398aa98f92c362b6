import { clew } from 'clew';

export const app = await clew({
  model: 'large',
  maxContextTokens: 128_000,
  // A prompt that has to be read anew anyway is compacted early; a warm one only where that pays within 30 calls.
  policy: { targetPct: 0.4, idleTriggerPct: 0.6, maxBreakEvenCalls: 30 },
  prices: {
    currency: 'USD',
    version: '2026-11',
    models: {
      large: { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 },
      small: { input: 0.25, cachedInput: 0.025, output: 2 },
    },
  },
  summary: { model: 'small' },
});
