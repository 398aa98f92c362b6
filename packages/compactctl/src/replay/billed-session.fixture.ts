/** How a provider is used between two calls of a recording. */
export type Step = {
  /** Tokens that were added to the prompt since the call before. */
  readonly added: number;
  readonly output: number;
  /** The cache has forgotten. */
  readonly isCold: boolean;
};

const prices = { input: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15 };

/** A session of pi whose provider charged just as a provider with a prompt cache does. */
export function billedSession(steps: readonly Step[]): {
  readonly items: readonly object[];
  readonly bill: number;
} {
  let [prompt, bill] = [0, 0];
  const items = steps.flatMap(({ added, output, isCold }, index) => {
    const cacheRead = isCold ? 0 : prompt;
    prompt += added;
    const tokens = { input: 0, output, cacheRead, cacheWrite: prompt - cacheRead };
    const cost = {
      input: 0,
      output: (tokens.output * prices.output) / 1e6,
      cacheRead: (tokens.cacheRead * prices.cacheRead) / 1e6,
      cacheWrite: (tokens.cacheWrite * prices.cacheWrite) / 1e6,
    };
    const total = cost.output + cost.cacheRead + cost.cacheWrite;
    bill += total;
    const text = (words: string) => [{ type: 'text', text: words }];
    return [
      {
        role: 'user',
        content: text(`Ask ${index} ${'about src/main.ts '.repeat(Math.max(0, added / 40))}`),
        timestamp: index * 60_000,
      },
      {
        role: 'assistant',
        content: text(`Answer ${index}`),
        api: 'anthropic-messages',
        model: 'claude-sonnet-4-5',
        usage: { ...tokens, cost: { ...cost, total } },
        timestamp: index * 60_000 + 5000,
      },
    ];
  });
  return { items, bill };
}
