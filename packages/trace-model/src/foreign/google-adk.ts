import { GenAiCall } from '@clew/semconv';
import { known } from '../known.ts';
import { readCount, readText } from '../read-attribute.ts';
import type { Span } from '../span.ts';
import { durationOf } from './duration-of.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';

/**
 * Google's Agent Development Kit: a span `compact_events {trigger}` around its summariser. It tells of the events that
 * went in, and of the event that came out; never of tokens. No event came out where nothing was made of them.
 * Source: google/adk-go, its compaction telemetry and the test of it (`gen_ai.compaction.*`).
 */
export function readGoogleAdk(span: Span): ForeignCompaction | undefined {
  const isOne =
    readText(span, GenAiCall.operationName) === 'compact_events' || span.name.startsWith('compact_events ');
  if (!isOne || span.end === undefined) return undefined;
  const result = readText(span, 'gen_ai.compaction.result_event_id');
  return {
    tool: 'google_adk',
    outcome: span.status === 'error' ? 'failed' : result === undefined ? 'unchanged' : 'compacted',
    ...known({
      sessionId: readText(span, GenAiCall.conversationId),
      at: span.end,
      durationMillis: durationOf(span),
      trigger: readText(span, 'gen_ai.compaction.trigger'),
      strategy: readText(span, 'gen_ai.compaction.summarizer_type'),
      error: span.status === 'error' ? span.statusMessage : undefined,
      itemsSummarized: result === undefined ? undefined : readCount(span, 'gen_ai.compaction.event_count'),
    }),
  };
}
