import { z } from 'zod';
import { known } from '../known.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';
import { timeOf } from './time-of.ts';

const count = z.number().nonnegative().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const Boundary = z.object({
  type: z.literal('system'),
  subtype: z.literal('compact_boundary'),
  timestamp: text,
  sessionId: text,
  session_id: text,
  compactMetadata: z
    .object({ trigger: text, preTokens: count, postTokens: count, durationMs: count })
    .optional()
    .catch(undefined),
  compact_metadata: z
    .object({ trigger: text, pre_tokens: count, post_tokens: count, duration_ms: count })
    .optional()
    .catch(undefined),
});

/**
 * The line `compact_boundary` of a transcript (camel case) or of the SDK's stream (snake case). Earlier versions told
 * the trigger and the size before, nothing else.
 * Source: the Agent SDK's `SDKCompactBoundaryMessage`, and transcripts as versions up to 2.1 write them.
 */
export function readClaudeCodeLine(line: unknown): ForeignCompaction | undefined {
  const { data } = Boundary.safeParse(line);
  if (data === undefined) return undefined;
  const { compactMetadata: file, compact_metadata: stream } = data;
  return {
    tool: 'claude_code',
    outcome: 'compacted',
    ...known({
      sessionId: data.sessionId ?? data.session_id,
      at: timeOf(data.timestamp),
      durationMillis: file?.durationMs ?? stream?.duration_ms,
      trigger: file?.trigger ?? stream?.trigger,
      tokensBefore: file?.preTokens ?? stream?.pre_tokens,
      tokensAfter: file?.postTokens ?? stream?.post_tokens,
    }),
  };
}
