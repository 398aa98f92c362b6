import type { CapabilityRow } from './capability-row.ts';
import { told } from './capability-row.ts';

/** What the Responses API does, whatever the model. Chat Completions has none of it: that is the transport's part. */
const responses = {
  localCompaction: told(true, 'agentsSdk'),
  serverCompaction: told(
    { parameter: 'context_management[].compact_threshold' },
    'openaiCompaction',
    'agentsSdk',
  ),
  compactEndpoint: told({ path: '/v1/responses/compact' }, 'openaiSdk', 'agentsOpenai'),
  contextEditing: told(false, 'openaiSdk'),
  serverState: told({ parameters: ['conversation', 'previous_response_id'] }, 'openaiSdk'),
} as const satisfies CapabilityRow['cells'];

/** From gpt-4o on. */
const cached = {
  ...responses,
  promptCaching: told(
    { kinds: ['automatic'], leastTokens: 1024, ttlSeconds: 300, longestTtlSeconds: 3600 },
    'openaiCaching',
    'azureCaching',
  ),
} as const satisfies CapabilityRow['cells'];

const windows = {
  million: told(1_047_576, 'agentsSdk'),
  gpt5: told(400_000, 'agentsSdk'),
  reasoning: told(200_000, 'agentsSdk'),
  gpt4o: told(128_000, 'agentsSdk'),
} as const;

const provider = 'openai';

export const openaiCapabilities: readonly CapabilityRow[] = [
  {
    provider,
    models: ['gpt-5.6', 'gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna', 'gpt-5.4-pro'],
    cells: { ...cached, windowTokens: windows.million },
  },
  {
    provider,
    models: [
      'gpt-6-astra',
      'gpt-6-sol',
      'gpt-6-luna',
      'gpt-6.1-sol',
      'gpt-6.1-terra',
      'gpt-5.5',
      'gpt-5.5-pro',
    ],
    cells: { ...cached, serverCompaction: told(responses.serverCompaction.value, 'openaiCompaction') },
  },
  {
    provider,
    models: ['gpt-5.4'],
    cells: { ...cached, windowTokens: windows.million, maxOutputTokens: told(128_000, 'oxenGpt54') },
  },
  {
    provider,
    models: ['gpt-5.2'],
    cells: { ...cached, windowTokens: windows.gpt5, maxOutputTokens: told(128_000, 'vercelGpt52') },
  },
  {
    provider,
    models: ['gpt-5', 'gpt-5-mini', 'gpt-5-nano'],
    cells: { ...cached, windowTokens: windows.gpt5, maxOutputTokens: told(128_000, 'uipathLimits') },
  },
  {
    provider,
    models: [
      'gpt-5-codex',
      'gpt-5-pro',
      'gpt-5.1',
      'gpt-5.1-codex',
      'gpt-5.1-codex-max',
      'gpt-5.1-codex-mini',
      'gpt-5.2-codex',
      'gpt-5.2-pro',
      'gpt-5.3-codex',
      'gpt-5.3-codex-spark',
      'gpt-5.4-mini',
      'gpt-5.4-nano',
    ],
    cells: { ...cached, windowTokens: windows.gpt5 },
  },
  {
    provider,
    models: ['gpt-5-chat-latest', 'gpt-5.1-chat-latest', 'gpt-5.2-chat-latest', 'gpt-5.3-chat-latest'],
    cells: { ...cached, windowTokens: windows.gpt4o },
  },
  {
    provider,
    models: ['gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano'],
    cells: { ...cached, windowTokens: windows.million },
  },
  {
    provider,
    models: ['gpt-4o'],
    cells: { ...cached, windowTokens: windows.gpt4o, maxOutputTokens: told(16_384, 'uipathLimits') },
  },
  { provider, models: ['gpt-4o-mini'], cells: { ...cached, windowTokens: windows.gpt4o } },
  {
    provider,
    models: [
      'o1',
      'o1-pro',
      'o3',
      'o3-mini',
      'o3-pro',
      'o3-deep-research',
      'o4-mini',
      'o4-mini-deep-research',
    ],
    cells: { ...responses, windowTokens: windows.reasoning },
  },
];
