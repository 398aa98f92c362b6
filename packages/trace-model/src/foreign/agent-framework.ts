import { GenAiCall } from '@clew/semconv';
import { known } from '../known.ts';
import { readCount, readFlag, readText } from '../read-attribute.ts';
import type { Span } from '../span.ts';
import { durationOf } from './duration-of.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';

/**
 * Microsoft's agent framework (.NET): a span `compaction.compact` each time that a strategy looks, whether it acted or
 * not. Its tokens are estimates of the messages alone. The text of a summary has its length on a span of its own.
 * Source: microsoft/agent-framework, dotnet/src/Microsoft.Agents.AI/Compaction/CompactionTelemetry.cs.
 */
export function readAgentFramework(span: Span): ForeignCompaction | undefined {
  if (span.name !== 'compaction.compact' || span.end === undefined) return undefined;
  const isCompacted = readFlag(span, 'compaction.compacted') === true;
  return {
    tool: 'agent_framework',
    outcome: span.status === 'error' ? 'failed' : isCompacted ? 'compacted' : 'unchanged',
    ...known({
      sessionId: readText(span, GenAiCall.conversationId),
      at: span.end,
      durationMillis: readCount(span, 'compaction.duration_ms') ?? durationOf(span),
      strategy: readText(span, 'compaction.strategy'),
      error: span.status === 'error' ? span.statusMessage : undefined,
      tokensBefore: readCount(span, 'compaction.before.tokens'),
      tokensAfter: readCount(span, 'compaction.after.tokens'),
      itemsBefore: readCount(span, 'compaction.before.messages'),
      itemsAfter: readCount(span, 'compaction.after.messages'),
      summaryCharacters: readCount(span, 'compaction.summary_length'),
    }),
  };
}
