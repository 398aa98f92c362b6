import type { Summarizer, SummaryDraft, SummaryRequest } from '@clew/core';
import { getDefaultModelSettings, gpt5ReasoningSettingsRequired } from '@openai/agents-core';
import type { Model, ModelRequest, ModelResponse, ModelSettings } from '@openai/agents-core';
import { answerOf, isCutOff, refusesTemperature } from './model-answer.ts';
import { usageOf } from './sdk-usage.ts';
import { withoutSdkTracing } from './without-sdk-tracing.ts';

export type ModelSummarizerOptions = {
  /** Any model of the SDK, or how to get one; asked again where getting it failed. */
  readonly model: Model | (() => Model | Promise<Model>);
  /** What the model is called. */
  readonly name: string;
  /**
   * Default: what the engine asks for, which is 0, and none for a model that reasons. `null` never sends one. A
   * model that refuses it is asked once more without, and not sent one again.
   */
  readonly temperature?: number | null | undefined;
  /**
   * Output tokens for thinking, beside the summary's own: providers count both against one limit. Default: 8,192
   * for a model that reasons, else 0. It doubles, up to 32,768, each time an answer was cut off.
   */
  readonly reasoningTokens?: number | undefined;
  /** The longest request that the model takes, in tokens. Default: the window that the engine watches. */
  readonly maxInputTokens?: number | undefined;
  /** Further settings of the call, `reasoning` or `store` for instance. They win. */
  readonly modelSettings?: ModelSettings | undefined;
};

/** By how much the engine lets a summary pass its limit. */
const toleranceRatio = 1.15;
const defaultReasoningTokens = 8192;
const maxReasoningTokens = 32_768;
const firstExtraTokens = 2048;

/**
 * A summarizer on a model of the SDK: one call, no tools, no session, and no trace of the SDK's, since the engine
 * traces it. It rejects with what the model rejects with; the engine retries.
 */
export function modelSummarizer(options: ModelSummarizerOptions): Summarizer {
  const { model, name, maxInputTokens } = options;
  const isReasoning = reasons(name);
  let takesTemperature = options.temperature !== undefined || !isReasoning;
  let extraTokens = options.reasoningTokens ?? (isReasoning ? defaultReasoningTokens : 0);

  const ask = async (request: SummaryRequest, signal: AbortSignal): Promise<ModelResponse> => {
    const source = typeof model === 'function' ? await model() : model;
    const call = () => {
      signal.throwIfAborted();
      const learned = { takesTemperature, extraTokens, hasSeed: isChatCompletions(source) };
      return withoutSdkTracing(async () =>
        source.getResponse(requestOf(request, options, { ...learned, signal })),
      );
    };
    try {
      return await call();
    } catch (error) {
      if (!takesTemperature || !refusesTemperature(error)) throw error;
      takesTemperature = false;
      return call();
    }
  };

  return {
    name,
    model: name,
    maxInputTokens,
    async summarize(request, signal): Promise<SummaryDraft> {
      signal.throwIfAborted();
      const cutOff = (): SummaryDraft => {
        extraTokens = Math.min(maxReasoningTokens, Math.max(firstExtraTokens, extraTokens * 2));
        return { text: '', model: name, truncated: true };
      };
      let response: ModelResponse;
      try {
        response = await ask(request, signal);
      } catch (error) {
        if (isCutOff(error)) return cutOff();
        throw error;
      }
      const { texts, refusals, isTruncated, isFiltered } = answerOf(response);
      return {
        ...(isTruncated ? cutOff() : {}),
        text: texts.length > 0 ? texts.join('') : refusals.join('\n'),
        model: name,
        usage: usageOf(response.usage),
        refused: texts.length === 0 && (refusals.length > 0 || isFiltered),
      };
    },
  };
}

/** What was learned of the model, and the call's signal. */
type Learned = {
  readonly takesTemperature: boolean;
  readonly extraTokens: number;
  readonly hasSeed: boolean;
  readonly signal: AbortSignal;
};

function requestOf(
  { instructions, prompt, maxTokens, temperature: asked, seed }: SummaryRequest,
  { name, temperature = asked, modelSettings }: ModelSummarizerOptions,
  { takesTemperature, extraTokens, hasSeed, signal }: Learned,
): ModelRequest {
  const { reasoning } = getDefaultModelSettings(name);
  return {
    systemInstructions: instructions,
    input: [{ type: 'message', role: 'user', content: prompt }],
    modelSettings: {
      ...(takesTemperature && temperature !== null && { temperature }),
      ...(reasoning !== undefined && { reasoning }),
      ...(hasSeed && { providerData: { seed } }),
      // What the engine would accept, so that an answer a little too long is not cut off.
      maxTokens: Math.ceil(maxTokens * toleranceRatio) + extraTokens,
      ...modelSettings,
    },
    tools: [],
    toolsExplicitlyProvided: true,
    outputType: 'text',
    handoffs: [],
    tracing: false,
    signal,
  };
}

/** By its name: OpenAI's o-series and GPT-5 and later, and what calls itself a reasoner, wherever it is served. */
function reasons(name: string): boolean {
  const [own = ''] = name.toLowerCase().split('/').slice(-1);
  return (
    gpt5ReasoningSettingsRequired(own) || /^o\d|^gpt-(?:[6-9]|\d\d)|reason|think|(?:^|[-_])r1\b/u.test(own)
  );
}

/** The Responses API has no seed, and refuses one. */
function isChatCompletions(model: Model): boolean {
  return model.constructor.name === 'OpenAIChatCompletionsModel';
}
