import type { Summarizer, SummaryDraft, SummaryRequest } from '@clew/core';
import type { AgentOutputItem, Model, ModelRequest, ModelSettings } from '@openai/agents-core';
import { usageOf } from './sdk-usage.ts';
import { withoutSdkTracing } from './without-sdk-tracing.ts';

export type ModelSummarizerOptions = {
  /** Any model of the SDK, or how to get one; asked again where getting it failed. */
  readonly model: Model | (() => Model | Promise<Model>);
  /** What the model is called. */
  readonly name: string;
  /** Default: what the engine asks for, which is 0. `null` leaves it out: reasoning models refuse the parameter. */
  readonly temperature?: number | null | undefined;
  /** Further settings of the call, `reasoning` or `store` for instance. */
  readonly modelSettings?: ModelSettings | undefined;
};

/** A summarizer on a model of the SDK: one call, no tools, and no trace of the SDK's, since the engine traces it. */
export function modelSummarizer({
  model,
  name,
  temperature,
  modelSettings,
}: ModelSummarizerOptions): Summarizer {
  return {
    name,
    model: name,
    async summarize(request, signal): Promise<SummaryDraft> {
      signal.throwIfAborted();
      const source = typeof model === 'function' ? await model() : model;
      const response = await withoutSdkTracing(async () =>
        source.getResponse(requestOf(request, { signal, temperature, modelSettings })),
      );
      const { texts, refusals } = answerOf(response.output);
      return {
        text: texts.length > 0 ? texts.join('') : refusals.join('\n'),
        model: name,
        usage: usageOf(response.usage),
        refused: refusals.length > 0 && texts.length === 0,
      };
    },
  };
}

function requestOf(
  { instructions, prompt, maxTokens, temperature: asked }: SummaryRequest,
  {
    signal,
    temperature = asked,
    modelSettings,
  }: { signal: AbortSignal } & Pick<ModelSummarizerOptions, 'temperature' | 'modelSettings'>,
): ModelRequest {
  return {
    systemInstructions: instructions,
    input: [{ type: 'message', role: 'user', content: prompt }],
    modelSettings: { ...(temperature !== null && { temperature }), maxTokens, ...modelSettings },
    tools: [],
    toolsExplicitlyProvided: true,
    outputType: 'text',
    handoffs: [],
    tracing: false,
    signal,
  };
}

/** What a model said, and where it declined to. */
function answerOf(output: readonly AgentOutputItem[]): { texts: string[]; refusals: string[] } {
  const parts = output.flatMap((item) =>
    'role' in item && item.role === 'assistant' && Array.isArray(item.content) ? item.content : [],
  );
  return {
    texts: parts.flatMap((part) => (part.type === 'output_text' && part.text !== '' ? [part.text] : [])),
    refusals: parts.flatMap((part) => (part.type === 'refusal' ? [part.refusal] : [])),
  };
}
