import { GenAiCall } from '@clew/semconv';
import { known } from '../known.ts';
import { readFlag, readText } from '../read-attribute.ts';
import type { Span } from '../span.ts';
import { isInference } from '../usage.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';

/**
 * OpenTelemetry's GenAI conventions: a model call with `gen_ai.conversation.compacted` = true was sent a history that
 * had been compacted. The conventions say nothing more, not even whether two such calls share one compaction.
 * Source: open-telemetry/semantic-conventions-genai, `gen_ai.conversation.compacted` (Development).
 */
export function readOtelCompacted(span: Span): ForeignCompaction | undefined {
  if (readFlag(span, GenAiCall.conversationCompacted) !== true || !isInference(span)) return undefined;
  return {
    tool: 'otel',
    outcome: 'marked',
    ...known({ sessionId: readText(span, GenAiCall.conversationId), at: span.start }),
  };
}
