import { known } from '../known.ts';
import { readCount, readText } from '../read-attribute.ts';
import type { Span } from '../span.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';

/**
 * Gemini CLI's OpenTelemetry event `gemini_cli.chat_compression`, which the host keeps as a span without length. It
 * tells the size before and after, and nothing else; it is also sent where the result was larger and was thrown away.
 * Source: google-gemini/gemini-cli, docs/cli/telemetry.md and packages/core/src/telemetry/types.ts.
 */
export function readGeminiCli(span: Span): ForeignCompaction | undefined {
  if (span.name !== 'gemini_cli.chat_compression') return undefined;
  const tokensBefore = readCount(span, 'tokens_before');
  const tokensAfter = readCount(span, 'tokens_after');
  const isSmaller = tokensBefore === undefined || tokensAfter === undefined || tokensAfter < tokensBefore;
  return {
    tool: 'gemini_cli',
    outcome: isSmaller ? 'compacted' : 'unchanged',
    ...known({
      sessionId: readText(span, 'session.id'),
      at: span.end ?? span.start,
      tokensBefore,
      tokensAfter,
    }),
  };
}
