import type { SpanData } from '@openai/agents-core';
import { Completion, OutputItem } from './provider-output.ts';

/** The words in which a model declined, in the output of a provider or of the SDK; `undefined` where it did not. */
export function refusalIn(output: readonly unknown[]): string | undefined {
  const refusals = output.flatMap((entry) => {
    const completion = Completion.safeParse(entry);
    if (completion.success) return completion.data.choices.map(({ message }) => message.refusal);
    const item = OutputItem.safeParse(entry);
    if (!item.success || !Array.isArray(item.data.content)) return [];
    return item.data.content.map(({ refusal }) => refusal);
  });
  return refusals.find((refusal) => refusal !== undefined && refusal !== null && refusal !== '') ?? undefined;
}

/** The refusal that the SDK's span of a model call tells of, where it may hold content. */
export function refusalOf(data: SpanData): string | undefined {
  if (data.type === 'generation') return refusalIn(data.output ?? []);
  const output: unknown = data.type === 'response' ? data._response?.['output'] : undefined;
  return Array.isArray(output) ? refusalIn(output) : undefined;
}
