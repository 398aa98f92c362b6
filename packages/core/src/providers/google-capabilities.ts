import type { CapabilityRow } from './capability-row.ts';
import { told } from './capability-row.ts';

/** Of all options that a request may carry, none compacts or clears. */
const gemini = {
  localCompaction: told(true, 'aiSdkGoogle'),
  serverCompaction: told(false, 'aiSdkGoogle'),
  compactEndpoint: told(false, 'aiSdkGoogle'),
  contextEditing: told(false, 'aiSdkGoogle'),
} as const satisfies CapabilityRow['cells'];

/** The Interactions API holds the history; `generateContent`, which the AI SDK calls by default, does not. */
const stateful = {
  ...gemini,
  serverState: told({ parameters: ['previous_interaction_id'] }, 'geminiCaching', 'aiSdkGoogle'),
} as const satisfies CapabilityRow['cells'];

const provider = 'google';
const kinds = ['automatic', 'named'] as const;

export const googleCapabilities: readonly CapabilityRow[] = [
  {
    provider,
    models: ['gemini-4-argon'],
    cells: {
      ...stateful,
      promptCaching: told({ kinds: ['automatic'], leastTokens: 4096 }, 'geminiCaching', 'aiSdkGoogle'),
    },
  },
  {
    provider,
    models: ['gemini-3.8-flash'],
    cells: {
      ...stateful,
      promptCaching: told({ kinds, leastTokens: 4096 }, 'geminiCaching', 'aiSdkGoogle'),
      windowTokens: told(1_048_576, 'gemini38Flash'),
      maxOutputTokens: told(65_536, 'gemini38Flash'),
    },
  },
  {
    provider,
    models: ['gemini-3.7-flash', 'gemini-3.6-flash', 'gemini-3.5-flash'],
    cells: { ...stateful, promptCaching: told({ kinds, leastTokens: 4096 }, 'geminiCaching', 'aiSdkGoogle') },
  },
  {
    provider,
    models: ['gemini-3.1-pro-preview'],
    cells: {
      ...stateful,
      promptCaching: told({ kinds, leastTokens: 4096 }, 'geminiCaching', 'aiSdkGoogle'),
      windowTokens: told(1_048_576, 'gemini31Pro'),
      maxOutputTokens: told(65_536, 'gemini31Pro'),
    },
  },
  {
    provider,
    models: ['gemini-3-pro-preview'],
    cells: {
      ...gemini,
      promptCaching: told({ kinds, leastTokens: 4096 }, 'geminiCachingMay', 'aiSdkGoogle'),
      windowTokens: told(1_048_576, 'gemini3Pro'),
      maxOutputTokens: told(65_536, 'gemini3Pro'),
    },
  },
  {
    provider,
    models: ['gemini-3-flash-preview'],
    cells: {
      ...gemini,
      promptCaching: told({ kinds, leastTokens: 1024 }, 'geminiCachingMay', 'aiSdkGoogle'),
      windowTokens: told(1_048_576, 'gemini3Flash'),
      maxOutputTokens: told(65_536, 'gemini3Flash'),
    },
  },
  {
    provider,
    models: ['gemini-2.5-pro'],
    cells: {
      ...stateful,
      promptCaching: told({ kinds, leastTokens: 2048 }, 'geminiCaching', 'aiSdkGoogle'),
      windowTokens: told(1_048_576, 'gemini25Pro'),
      maxOutputTokens: told(65_535, 'gemini25Pro'),
    },
  },
  {
    provider,
    models: ['gemini-2.5-flash'],
    cells: {
      ...stateful,
      promptCaching: told({ kinds, leastTokens: 2048 }, 'geminiCaching', 'aiSdkGoogle'),
      windowTokens: told(1_048_576, 'uipathLimits'),
    },
  },
];
