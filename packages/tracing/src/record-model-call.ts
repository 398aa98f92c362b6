import type { Usage } from '@clew/core';
import { GenAi } from '@clew/semconv';
import { SpanKind } from '@opentelemetry/api';
import type { SpanContext, Tracer } from '@opentelemetry/api';
import { endSpan } from './end-span.ts';
import { quietly } from './quietly.ts';

/** A model call that has been made: as a recording tells it, or a provider's log. */
export type ModelCall = {
  readonly model: string | undefined;
  readonly usage: Usage;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** The run that made its prompt. */
  readonly run?: SpanContext | undefined;
  /** Whether what the model was sent had been compacted. */
  readonly isCompacted?: boolean;
  readonly conversationId?: string | undefined;
};

/** Writes it as an ordinary `chat {model}` span below the active one. Never throws. */
export function recordModelCall(tracer: Tracer, call: ModelCall): void {
  const { model, usage, startedAt, endedAt, run, isCompacted = false, conversationId } = call;
  quietly(() => {
    const span = tracer.startSpan(model === undefined ? 'chat' : `chat ${model}`, {
      kind: SpanKind.CLIENT,
      startTime: new Date(startedAt),
      links: run === undefined ? [] : [{ context: run }],
      attributes: {
        [GenAi.operationName]: 'chat',
        [GenAi.requestModel]: model,
        [GenAi.conversationId]: conversationId,
        [GenAi.usageInputTokens]: usage.inputTokens,
        [GenAi.usageOutputTokens]: usage.outputTokens,
        [GenAi.usageCacheReadInputTokens]: usage.cacheReadInputTokens,
        [GenAi.usageCacheCreationInputTokens]: usage.cacheWriteInputTokens,
        [GenAi.conversationCompacted]: isCompacted ? true : undefined,
      },
    });
    endSpan(span, endedAt, undefined);
  });
}
