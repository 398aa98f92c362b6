import type { ClewOptions } from 'clew';

export default {
  model: 'gpt-5',
  maxContextTokens: 128_000,
  policy: { triggerPct: 0.8, strategy: 'decision_log' },
  redaction: { custom: (text) => text.replaceAll(/DEPOT-\d+/gu, '<REDACTED>') },
  onError: (error) => console.error('No compaction for this call:', error),
} satisfies ClewOptions;
