import type { Engine } from '../engine.ts';
import type { SummarizerAccount } from './cost-account.ts';
import type { Summarizer } from '../summarizer.ts';
import type { Usage } from '../usage.ts';
import { priceOf } from './prices.ts';
import type { PriceList } from './prices.ts';

/** An answer of a summariser: who gave it, and what it reported. */
export type Answered = { readonly model: string | undefined; readonly usage: Usage | undefined };

type Summarizers = Pick<Engine<never>, 'summarizer' | 'fallbackSummarizers'>;

/** The same engine, and a list that grows by what its summarisers report. One that rejects has reported nothing. */
export function meterSummarizers<TEngine extends Summarizers>(
  engine: TEngine,
): { readonly engine: TEngine; readonly answers: readonly Answered[] } {
  const answers: Answered[] = [];
  const metered = (summarizer: Summarizer): Summarizer => ({
    name: summarizer.name,
    model: summarizer.model,
    maxInputTokens: summarizer.maxInputTokens,
    summarize: async (request, signal) => {
      const draft = await summarizer.summarize(request, signal);
      answers.push({ model: draft.model ?? summarizer.model, usage: draft.usage });
      return draft;
    },
  });
  const { summarizer, fallbackSummarizers } = engine;
  return {
    engine: {
      ...engine,
      summarizer: summarizer && metered(summarizer),
      fallbackSummarizers: fallbackSummarizers.map(metered),
    },
    answers,
  };
}

/** `undefined` where none was asked. */
export function summarizerAccountOf(answers: readonly Answered[]): SummarizerAccount | undefined {
  if (answers.length === 0) return undefined;
  const reported = answers.flatMap(({ usage }) => usage ?? []);
  return {
    calls: answers.length,
    unreported: answers.length - reported.length,
    inputTokens: reported.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    cachedInputTokens: reported.reduce((sum, { cacheReadInputTokens = 0 }) => sum + cacheReadInputTokens, 0),
    outputTokens: reported.reduce((sum, { outputTokens = 0 }) => sum + outputTokens, 0),
  };
}

/** What the answers cost together; `undefined` where one has no usage, or its model no price. */
export function summaryCost(prices: PriceList | undefined, answers: readonly Answered[]): number | undefined {
  let cost = 0;
  for (const { model, usage } of answers) {
    const price = priceOf(prices, model);
    if (price === undefined || usage?.outputTokens === undefined) return undefined;
    const { cachedInput = price.input, cacheWrite = price.input } = price;
    const { inputTokens, outputTokens, cacheReadInputTokens: read = 0 } = usage;
    const written = usage.cacheWriteInputTokens ?? 0;
    const plain = Math.max(0, inputTokens - read - written);
    cost += plain * price.input + read * cachedInput + written * cacheWrite + outputTokens * price.output;
  }
  return cost / 1_000_000;
}
