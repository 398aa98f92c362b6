/** What a provider reported for one model call, in tokens. Unknown is `undefined`, never 0. */
export type Usage = {
  /** The whole prompt, cached parts included. */
  readonly inputTokens: number;
  readonly outputTokens?: number | undefined;
  readonly cacheReadInputTokens?: number | undefined;
  readonly cacheWriteInputTokens?: number | undefined;
};
