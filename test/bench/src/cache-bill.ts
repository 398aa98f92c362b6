import { CompactManager, chat, createWeigher, TiktokenCounter } from '@clew/core';
import type { CompactPolicyInput, PriceList, Usage, Weigher } from '@clew/core';
import { writtenSummary } from '@clew/core/testing';
import type { RecordedCall } from './recorded-session.ts';

/** As the recording was billed, in US dollars for a million tokens; the summaries by the same model. */
const model = 'claude-sonnet-4-5';
const price = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 };
const prices: PriceList = { currency: 'USD', models: { [model]: price } };

const summaryTokens = 1000;

export type Bill = {
  readonly compactions: number;
  readonly early: number;
  readonly held: number;
  readonly epochs: number;
  /** What each compaction says of itself. */
  readonly breakEvenCalls: readonly (number | undefined)[];
  readonly read: number;
  readonly written: number;
  /** US dollars: input, and summaries. */
  readonly input: number;
  readonly summaries: number;
};

/**
 * What the input of a recorded session would have cost under a policy. The agent does what it did, and the provider's
 * cache is lost where it was lost in the recording, and by each change of the prompt from there on.
 */
export async function billOf(
  calls: readonly RecordedCall[],
  maxContextTokens: number,
  policy: CompactPolicyInput,
): Promise<Bill> {
  let now = 0;
  let summaries = 0;
  const weigher = weigherFor(calls);
  const manager = new CompactManager<object>({
    model,
    maxContextTokens,
    dialect: chat,
    prices,
    now: () => now,
    policy,
    summarizer: {
      name: 'as long as usual',
      model,
      maxInputTokens: 1_000_000,
      summarize: ({ prompt }) => {
        const inputTokens = weigher.text(prompt);
        summaries += (inputTokens * price.input + summaryTokens * price.output) / 1e6;
        const text = writtenSummary('Some work was done and some is left.');
        return Promise.resolve({ text, usage: { inputTokens, outputTokens: summaryTokens } });
      },
    },
  });
  const bill = { compactions: 0, early: 0, held: 0, epochs: 0, read: 0, written: 0 };
  const breakEvenCalls: (number | undefined)[] = [];
  let sent: readonly object[] = [];
  for (const [index, call] of calls.entries()) {
    now = call.at;
    const result = await manager.preflight({ sessionId: 's', items: call.items });
    const { items, splice, rule, outcome, cache } = result;
    if (splice !== undefined) {
      bill.compactions += 1;
      breakEvenCalls.push(cache.breakEvenCalls);
    }
    if (splice !== undefined && rule === 'idle') bill.early += 1;
    if (outcome === 'futile') bill.held += 1;
    bill.epochs = cache.epoch;
    const usage = answered(sent, items, isLost(calls, index));
    bill.read += usage.cacheReadInputTokens ?? 0;
    bill.written += usage.cacheWriteInputTokens ?? 0;
    manager.reportUsage('s', { ...usage, outputTokens: call.usage.outputTokens });
    sent = items;
  }
  const input = (bill.read * price.cachedInput + bill.written * price.cacheWrite) / 1e6;
  return { ...bill, breakEvenCalls, input, summaries };

  function answered(before: readonly object[], after: readonly object[], hasLost: boolean): Usage {
    const weights = after.map((item) => weigher.view(chat.inspect(item)));
    const first = after.findIndex((item, index) => item !== before[index] && !isEqual(item, before[index]));
    const same = hasLost ? 0 : first === -1 ? after.length : first;
    const sum = (of: readonly number[]) => of.reduce((total, weight) => total + weight, 0);
    const inputTokens = sum(weights);
    const read = sum(weights.slice(0, same));
    return { inputTokens, cacheReadInputTokens: read, cacheWriteInputTokens: inputTokens - read };
  }
}

function isEqual(left: object, right: object | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Whether the provider had lost the prompt before this call in the recording. */
function isLost(calls: readonly RecordedCall[], index: number): boolean {
  const before = calls[index - 1]?.usage.inputTokens ?? Infinity;
  return (calls[index]?.usage.cacheReadInputTokens ?? 0) < 0.5 * before;
}

/** What the recording says that its input cost, in US dollars. */
export function recordedBill(calls: readonly RecordedCall[]): number {
  const costs = calls.map(({ usage }) => {
    const { inputTokens, cacheReadInputTokens: read = 0, cacheWriteInputTokens: written = 0 } = usage;
    const plain = inputTokens - read - written;
    return plain * price.input + read * price.cachedInput + written * price.cacheWrite;
  });
  return costs.reduce((sum, cost) => sum + cost, 0) / 1e6;
}

/** Weighs items as the provider has counted them in this session, by its last call. */
function weigherFor(calls: readonly RecordedCall[]): Weigher {
  const counter = TiktokenCounter.forModel(model);
  const plain = createWeigher(counter, 1);
  const last = calls.at(-1);
  const weight = last?.items.reduce((sum, item) => sum + plain.view(chat.inspect(item)), 0) ?? 0;
  return createWeigher(counter, weight === 0 ? 1 : (last?.usage.inputTokens ?? weight) / weight);
}
