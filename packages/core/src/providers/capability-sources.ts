import { z } from 'zod';

/** Where a figure of the matrix was read, and when. */
export const CapabilitySource = z.strictObject({
  title: z.string().min(1),
  url: z.url(),
  read: z.iso.date(),
});
export type CapabilitySource = z.infer<typeof CapabilitySource>;

const read = '2026-11-21';

/** Every source of the matrix. A page of a third party is named as one. */
export const capabilitySources = {
  openaiCompaction: {
    title: 'OpenAI: Compaction',
    url: 'https://developers.openai.com/api/docs/guides/compaction.md',
    read,
  },
  openaiCaching: {
    title: 'OpenAI: Prompt caching',
    url: 'https://developers.openai.com/api/docs/guides/prompt-caching.md',
    read,
  },
  openaiSdk: {
    title: 'openai 7.55.0: `responses.compact`, `context_management`, `conversation`, `previous_response_id`',
    url: 'https://www.npmjs.com/package/openai/v/7.55.0',
    read,
  },
  agentsSdk: {
    title: '@openai/agents-core 0.20.0: the windows and the models of its `compaction` capability',
    url: 'https://www.npmjs.com/package/@openai/agents-core/v/0.20.0',
    read,
  },
  agentsOpenai: {
    title:
      '@openai/agents-openai 0.20.0: the models of `OpenAIResponsesCompactionSession`, and Chat Completions',
    url: 'https://www.npmjs.com/package/@openai/agents-openai/v/0.20.0',
    read,
  },
  azureCaching: {
    title: 'Microsoft: Prompt caching with Azure OpenAI',
    url: 'https://learn.microsoft.com/azure/foundry/openai/how-to/prompt-caching',
    read,
  },
  vercelGpt52: {
    title: 'Vercel AI Gateway (third party): GPT-5.2',
    url: 'https://vercel.com/ai-gateway/models/openai/gpt-5.2-fast.md',
    read,
  },
  oxenGpt54: {
    title: 'Oxen (third party): GPT-5.4',
    url: 'https://docs.oxen.ai/inference-api/reference/models/gpt-5-4-2026-03-05.md',
    read,
  },
  uipathLimits: {
    title: 'UiPath (third party): Supported models and limits',
    url: 'https://docs.uipath.com/es/autopilot/other/latest/user-guide/supported-models-and-limits.md',
    read,
  },
  anthropicThreshold: {
    title: 'Anthropic: Compaction at a token threshold',
    url: 'https://platform.claude.com/docs/en/build-with-claude/compaction-threshold.md',
    read,
  },
  anthropicThresholdLeast: {
    title: "Kakadata (third party): digest of Anthropic's page on compaction",
    url: 'https://kb.kakadata.com/entries/tinh-nang-nen-ngu-canh-phia-may-chu-server-side-compaction',
    read,
  },
  anthropicEditing: {
    title: 'Anthropic: Context editing',
    url: 'https://docs.claude.com/en/docs/build-with-claude/context-editing',
    read,
  },
  anthropicCaching: {
    title: 'Anthropic: Prompt caching',
    url: 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching',
    read,
  },
  anthropicModels: {
    title: 'Anthropic: Claude Opus 5, and how it compares',
    url: 'https://platform.claude.com/docs/models/opus-5/overview',
    read,
  },
  anthropicModelsNow: {
    title: 'Anthropic: What is new in Claude Opus 5, and the current models',
    url: 'https://platform.claude.com/docs/about-claude/models/whats-new-opus-5',
    read,
  },
  anthropicMigration: {
    title: 'Anthropic: Migrating to Claude Opus 4.7',
    url: 'https://platform.claude.com/docs/es/about-claude/models/migrating-to-claude-4',
    read,
  },
  aiSdkAnthropic: {
    title: '@ai-sdk/anthropic 4.0.105: its model catalog and documentation',
    url: 'https://www.npmjs.com/package/@ai-sdk/anthropic/v/4.0.105',
    read,
  },
  litellmCaching: {
    title: 'LiteLLM (third party): Prompt caching, minimum input tokens',
    url: 'https://docs.litellm.ai/docs/completion/prompt_caching.md',
    read,
  },
  geminiCaching: {
    title: 'Google: Context caching',
    url: 'https://ai.google.dev/gemini-api/docs/caching',
    read,
  },
  geminiCachingMay: {
    title: 'Google: Context caching, as of May 2026',
    url: 'https://ai.google.dev/gemini-api/docs/interactions/caching',
    read,
  },
  gemini31Pro: {
    title: 'Google: Gemini 3.1 Pro Preview',
    url: 'https://ai.google.dev/gemini-api/docs/models/gemini-3.1-pro-preview',
    read,
  },
  gemini3Pro: {
    title: 'Google: Gemini 3 Pro Preview',
    url: 'https://ai.google.dev/gemini-api/docs/models/gemini-3-pro-preview',
    read,
  },
  gemini3Flash: {
    title: 'Google Cloud: Gemini 3 Flash',
    url: 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/gemini/3-flash',
    read,
  },
  gemini25Pro: {
    title: 'Google Cloud: Gemini 2.5 Pro',
    url: 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/gemini/2-5-pro',
    read,
  },
  gemini38Flash: {
    title: "API易 (third party): Google's specification of Gemini 3.8 Flash",
    url: 'https://docs.apiyi.com/en/live/2026-09/gemini-3-8-flash-official-specs.md',
    read,
  },
  aiSdkGoogle: {
    title: '@ai-sdk/google 4.0.121: its provider options and documentation',
    url: 'https://www.npmjs.com/package/@ai-sdk/google/v/4.0.121',
    read,
  },
} as const satisfies Readonly<Record<string, CapabilitySource>>;

export type CapabilitySourceName = keyof typeof capabilitySources;
