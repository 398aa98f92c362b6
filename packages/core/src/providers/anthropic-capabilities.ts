import type { CapabilityRow } from './capability-row.ts';
import { told } from './capability-row.ts';

const messages = {
  localCompaction: told(true, 'aiSdkAnthropic'),
  contextEditing: told(
    { parameter: 'context_management.edits[clear_tool_uses_20250919]', defaultTokens: 100_000 },
    'anthropicEditing',
    'aiSdkAnthropic',
  ),
  // The Messages API is sent the whole history; message threads of minutes, which do not compact, are another thing.
  serverState: told(false, 'aiSdkAnthropic'),
} as const satisfies CapabilityRow['cells'];

const caching = { kinds: ['marked', 'automatic'], ttlSeconds: 300, longestTtlSeconds: 3600 } as const;
const lives = told(caching, 'anthropicCaching');
const cachedFrom = (leastTokens: number) =>
  told({ ...caching, leastTokens }, 'anthropicCaching', 'litellmCaching');

/** The compaction block comes back in the answer, and stands for all before it once it is sent again. */
const compacting = {
  ...messages,
  serverCompaction: told(
    {
      parameter: 'context_management.edits[compact_20260112].trigger',
      leastTokens: 50_000,
      defaultTokens: 150_000,
    },
    'anthropicThreshold',
    'anthropicThresholdLeast',
    'aiSdkAnthropic',
  ),
  compactEndpoint: told(false, 'aiSdkAnthropic'),
} as const satisfies CapabilityRow['cells'];

const plain = {
  ...messages,
  serverCompaction: told(false, 'aiSdkAnthropic'),
  compactEndpoint: told(false, 'aiSdkAnthropic'),
} as const satisfies CapabilityRow['cells'];

const provider = 'anthropic';
const long = { maxOutputTokens: told(128_000, 'aiSdkAnthropic') } as const;
const middle = { maxOutputTokens: told(64_000, 'aiSdkAnthropic') } as const;
const short = { maxOutputTokens: told(32_000, 'aiSdkAnthropic') } as const;

export const anthropicCapabilities: readonly CapabilityRow[] = [
  {
    provider,
    models: ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5'],
    cells: {
      ...compacting,
      ...long,
      promptCaching: lives,
      windowTokens: told(1_000_000, 'anthropicModelsNow'),
    },
  },
  {
    provider,
    models: ['claude-fable-5-1'],
    cells: { ...compacting, ...long, promptCaching: lives, windowTokens: told(1_000_000, 'anthropicModels') },
  },
  { provider, models: ['claude-fable-5-2'], cells: { ...compacting, ...long, promptCaching: lives } },
  { provider, models: ['claude-fable-5'], cells: { ...compacting, ...long, promptCaching: cachedFrom(512) } },
  {
    provider,
    models: ['claude-opus-5'],
    cells: {
      ...compacting,
      ...long,
      promptCaching: cachedFrom(512),
      windowTokens: told(1_000_000, 'anthropicModels'),
    },
  },
  {
    provider,
    models: ['claude-sonnet-5'],
    cells: {
      ...compacting,
      ...long,
      promptCaching: cachedFrom(1024),
      windowTokens: told(1_000_000, 'anthropicModels'),
    },
  },
  {
    provider,
    models: ['claude-opus-4-8'],
    cells: { ...compacting, ...long, promptCaching: cachedFrom(1024) },
  },
  {
    provider,
    models: ['claude-opus-4-7'],
    cells: {
      ...compacting,
      ...long,
      promptCaching: lives,
      windowTokens: told(1_000_000, 'anthropicMigration'),
    },
  },
  {
    provider,
    models: ['claude-opus-4-6'],
    cells: {
      ...compacting,
      ...long,
      promptCaching: cachedFrom(4096),
      windowTokens: told(1_000_000, 'anthropicMigration'),
    },
  },
  // Its sources do not agree on the least that is cached: 1,024 or 2,048 tokens.
  { provider, models: ['claude-sonnet-4-6'], cells: { ...compacting, ...long, promptCaching: lives } },
  {
    provider,
    models: ['claude-haiku-4-5'],
    cells: {
      ...plain,
      ...middle,
      promptCaching: cachedFrom(4096),
      windowTokens: told(200_000, 'anthropicModels'),
    },
  },
  {
    provider,
    models: ['claude-sonnet-4-5'],
    cells: {
      ...plain,
      ...middle,
      promptCaching: cachedFrom(1024),
      windowTokens: told(200_000, 'uipathLimits'),
    },
  },
  { provider, models: ['claude-opus-4-5'], cells: { ...plain, ...middle, promptCaching: cachedFrom(4096) } },
  {
    provider,
    models: ['claude-opus-4-1', 'claude-opus-4-0', 'claude-opus-4'],
    cells: { ...plain, ...short, promptCaching: cachedFrom(1024) },
  },
  {
    provider,
    models: ['claude-sonnet-4-0', 'claude-sonnet-4'],
    cells: { ...plain, ...middle, promptCaching: cachedFrom(1024) },
  },
];
