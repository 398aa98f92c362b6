import { createGenerationSpan, getCurrentTrace } from '@openai/agents-core';
import type { ModelRequest, Span, GenerationSpanData } from '@openai/agents-core';
import type { Usage } from '@clew/core';

/** The SDK's span for a model call, made here because the model makes none. */
export class GenerationSpan {
  readonly sdk: Span<GenerationSpanData>;
  readonly #withData: boolean;

  private constructor(request: ModelRequest, model: string | undefined) {
    this.#withData = request.tracing === true;
    this.sdk = createGenerationSpan({
      data: {
        ...(model !== undefined && { model }),
        model_config: { temperature: request.modelSettings.temperature, top_p: request.modelSettings.topP },
      },
    });
    // Not in the options: the SDK writes those out for its log, and the input is the whole history.
    if (this.#withData) this.sdk.spanData.input = inputOf(request);
  }

  /** `undefined` where the request is not to be traced, or there is no trace to belong to. */
  static start(request: ModelRequest, model: string | undefined): GenerationSpan | undefined {
    if (request.tracing === false || getCurrentTrace() === null) return undefined;
    const span = new GenerationSpan(request, model);
    span.sdk.start();
    return span;
  }

  answered(output: readonly object[], usage: Usage | undefined): void {
    const { spanData } = this.sdk;
    if (this.#withData) spanData.output = output.map((item) => ({ ...item }));
    if (usage === undefined) return;
    spanData.usage = {
      input_tokens: usage.inputTokens,
      ...(usage.outputTokens !== undefined && { output_tokens: usage.outputTokens }),
      details: {
        ...(usage.cacheReadInputTokens !== undefined && { cached_tokens: usage.cacheReadInputTokens }),
        ...(usage.cacheWriteInputTokens !== undefined && { cache_write_tokens: usage.cacheWriteInputTokens }),
      },
    };
  }

  failed(error: unknown): void {
    const name = error instanceof Error ? error.name : undefined;
    this.sdk.setError({
      message: this.#withData ? String(error) : 'Error getting response',
      data: { error: this.#withData ? String(error) : name },
    });
  }

  end(): void {
    if (this.sdk.endedAt === null) this.sdk.end();
  }
}

function inputOf({ systemInstructions, input }: ModelRequest): Record<string, unknown>[] {
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  return [
    ...(systemInstructions === undefined ? [] : [{ role: 'system', content: systemInstructions }]),
    ...items,
  ];
}
