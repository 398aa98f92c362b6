/** The GenAI attribute keys that say of a span whose call it was, to which model, and what was reported of it. */
export const GenAiCall = {
  operationName: 'gen_ai.operation.name',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  agentName: 'gen_ai.agent.name',
  conversationId: 'gen_ai.conversation.id',
  /** Set to `true` on the inference span that follows a compaction; never to `false`. */
  conversationCompacted: 'gen_ai.conversation.compacted',
  usageInputTokens: 'gen_ai.usage.input_tokens',
  usageOutputTokens: 'gen_ai.usage.output_tokens',
  usageCacheReadInputTokens: 'gen_ai.usage.cache_read.input_tokens',
  usageCacheCreationInputTokens: 'gen_ai.usage.cache_creation.input_tokens',
} as const;
