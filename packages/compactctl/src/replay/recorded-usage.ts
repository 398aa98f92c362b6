import { isNative } from '../sessions/native.ts';
import type { Native } from '../sessions/native.ts';

/** What the provider counted and charged for one call, as the recording has it. The four counts do not overlap. */
export type RecordedUsage = {
  readonly model: string | undefined;
  /** When the answer came, in epoch milliseconds. */
  readonly at: number | undefined;
  /** Input that no cache served and none was asked to keep. */
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheWrite: number;
  readonly output: number;
  /** The bill in its four parts, where the recorder kept one. USD. */
  readonly bill: Bill | undefined;
};

export type Bill = Record<'input' | 'cachedInput' | 'cacheWrite' | 'output', number>;

/** All of the prompt, in tokens. */
export function promptOf({ input, cachedInput, cacheWrite }: RecordedUsage): number {
  return input + cachedInput + cacheWrite;
}

/** The usage on an answer as pi or Anthropic's API writes it; nothing where there is none, or all of it is zero. */
export function usageOf(item: object): RecordedUsage | undefined {
  const { usage, model, timestamp } = item as Native;
  if (!isNative(usage)) return undefined;
  const counts = 'cacheRead' in usage ? piCounts(usage) : anthropicCounts(usage);
  const found = {
    model: typeof model === 'string' ? model : undefined,
    at: typeof timestamp === 'number' ? timestamp : undefined,
    ...counts,
  };
  return promptOf(found) > 0 ? found : undefined;
}

type Counts = Omit<RecordedUsage, 'model' | 'at'>;

function piCounts(usage: Native): Counts {
  const { cost } = usage;
  return {
    input: countOf(usage['input']),
    cachedInput: countOf(usage['cacheRead']),
    cacheWrite: countOf(usage['cacheWrite']),
    output: countOf(usage['output']),
    bill: isNative(cost)
      ? {
          input: countOf(cost['input']),
          cachedInput: countOf(cost['cacheRead']),
          cacheWrite: countOf(cost['cacheWrite']),
          output: countOf(cost['output']),
        }
      : undefined,
  };
}

function anthropicCounts(usage: Native): Counts {
  return {
    input: countOf(usage['input_tokens']),
    cachedInput: countOf(usage['cache_read_input_tokens']),
    cacheWrite: countOf(usage['cache_creation_input_tokens']),
    output: countOf(usage['output_tokens']),
    bill: undefined,
  };
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
