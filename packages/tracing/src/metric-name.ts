/** The metrics of Clew, and the one of the GenAI conventions that it records for its own model call. */
export const MetricName = {
  runs: 'compact.runs',
  duration: 'compact.duration',
  tokensReclaimed: 'compact.tokens.reclaimed',
  summaryTokens: 'compact.summary.tokens',
  tokenUsage: 'gen_ai.client.token.usage',
} as const;
