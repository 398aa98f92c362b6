import { known } from '../known.ts';
import { readCount, readFlag, readText } from '../read-attribute.ts';
import type { Span } from '../span.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';

/**
 * Claude Code's OpenTelemetry event `claude_code.compaction`, which the host keeps as a span without length. After a
 * failure it tells no size. Counts are approximate, in its own words.
 * Source: the page "Monitoring" of its documentation, "Compaction event".
 */
export function readClaudeCode(span: Span): ForeignCompaction | undefined {
  if (span.name !== 'claude_code.compaction') return undefined;
  return {
    tool: 'claude_code',
    outcome: readFlag(span, 'success') === false ? 'failed' : 'compacted',
    ...known({
      sessionId: readText(span, 'session.id'),
      at: span.end ?? span.start,
      durationMillis: readCount(span, 'duration_ms'),
      trigger: readText(span, 'trigger'),
      error: readText(span, 'error'),
      tokensBefore: readCount(span, 'pre_tokens'),
      tokensAfter: readCount(span, 'post_tokens'),
    }),
  };
}
