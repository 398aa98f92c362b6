import type { Summarizer, SummaryDraft, SummaryRequest } from '@clew/core';
import { GenAi } from '@clew/semconv';
import { SpanKind } from '@opentelemetry/api';
import type { Attributes, Meter, Span, Tracer } from '@opentelemetry/api';
import { contentGate } from './content-gate.ts';
import type { ContentGate, ContentOptions } from './content-gate.ts';
import { endSpan } from './end-span.ts';
import { errorTypeOf } from './error-type-of.ts';
import { runInside } from './run-inside.ts';
import { quietly } from './quietly.ts';
import { createTokenUsage } from './token-usage.ts';

export type TraceSummarizerOptions = ContentOptions & {
  readonly tracer: Tracer;
  /** With it, `gen_ai.client.token.usage` is recorded. */
  readonly meter?: Meter | undefined;
  /** `gen_ai.provider.name` of the summariser's model. */
  readonly provider?: string | undefined;
};

/**
 * The same summariser, whose every model call is an ordinary `chat {model}` span. Below the observer's `within` it
 * nests under the step that the summary becomes.
 */
export function traceSummarizer(summarizer: Summarizer, options: TraceSummarizerOptions): Summarizer {
  const { tracer, meter, provider } = options;
  const gate = contentGate(options);
  const recordUsage = meter && quietly(() => createTokenUsage(meter));

  return {
    name: summarizer.name,
    model: summarizer.model,
    maxInputTokens: summarizer.maxInputTokens,
    summarize: async (request, signal) => {
      const work = () => summarizer.summarize(request, signal);
      const call = callAttributes(provider, summarizer.model);
      const name = summarizer.model === undefined ? 'chat' : `chat ${summarizer.model}`;
      const span = quietly(() => tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: call }));
      if (span === undefined) return work();
      try {
        const draft = await runInside(span, undefined, work);
        quietly(() => settle(span, request, draft, gate));
        quietly(() => draft.usage && recordUsage?.(draft.usage, { ...call, ...modelAttribute(draft) }));
        return draft;
      } catch (error) {
        quietly(() => span.setAttributes(span.isRecording() ? inputAttributes(request, gate) : {}));
        quietly(() => endSpan(span, undefined, errorTypeOf(error)));
        throw error;
      }
    },
  };
}

function settle(span: Span, request: SummaryRequest, draft: SummaryDraft, gate: ContentGate): void {
  try {
    if (!span.isRecording()) return;
    span.setAttributes({ ...modelAttribute(draft), ...usageAttributes(draft) });
    span.setAttributes({ ...inputAttributes(request, gate), ...outputAttributes(draft, gate) });
  } finally {
    span.end();
  }
}

function callAttributes(provider: string | undefined, model: string | undefined): Attributes {
  return {
    [GenAi.operationName]: 'chat',
    ...(provider === undefined ? {} : { [GenAi.providerName]: provider }),
    ...(model === undefined ? {} : { [GenAi.requestModel]: model }),
  };
}

function modelAttribute({ model }: SummaryDraft): Attributes {
  return model === undefined ? {} : { [GenAi.responseModel]: model };
}

/** What is unknown is absent, never 0. */
function usageAttributes({ usage }: SummaryDraft): Attributes {
  return {
    [GenAi.usageInputTokens]: usage?.inputTokens,
    [GenAi.usageOutputTokens]: usage?.outputTokens,
    [GenAi.usageCacheReadInputTokens]: usage?.cacheReadInputTokens,
    [GenAi.usageCacheCreationInputTokens]: usage?.cacheWriteInputTokens,
  };
}

function inputAttributes({ instructions, prompt }: SummaryRequest, gate: ContentGate): Attributes {
  const system = gate(instructions);
  const user = gate(prompt);
  return {
    ...(system && { [GenAi.systemInstructions]: JSON.stringify([textPart(system.text)]) }),
    ...(user && { [GenAi.inputMessages]: JSON.stringify([{ role: 'user', parts: [textPart(user.text)] }]) }),
  };
}

function outputAttributes({ text, refused }: SummaryDraft, gate: ContentGate): Attributes {
  const answer = gate(text);
  if (answer === undefined) return {};
  const finish_reason = refused === true ? 'content_filter' : 'stop';
  return {
    [GenAi.outputMessages]: JSON.stringify([
      { role: 'assistant', parts: [textPart(answer.text)], finish_reason },
    ]),
  };
}

function textPart(content: string): { readonly type: 'text'; readonly content: string } {
  return { type: 'text', content };
}
