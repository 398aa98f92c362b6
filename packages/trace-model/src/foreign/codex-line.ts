import { z } from 'zod';
import { known } from '../known.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';
import { timeOf } from './time-of.ts';

const Compacted = z.object({
  type: z.literal('compacted'),
  timestamp: z.string().optional().catch(undefined),
  payload: z.object({
    message: z.string().optional().catch(undefined),
    replacement_history: z.array(z.unknown()).optional().catch(undefined),
  }),
});

/**
 * Codex: the line `compacted` of a rollout file, whose payload is the summary and, in later versions, the history that
 * takes the place of the old one. Its OpenTelemetry events tell of requests and tools, of no compaction. A line does
 * not name its session: the first line of the file does (`session_meta`), so the caller may give it.
 * Source: openai/codex, the rollout item `Compacted`, and rollout files as they are read by others' importers.
 */
export function readCodexLine(line: unknown, sessionId?: string): ForeignCompaction | undefined {
  const { data } = Compacted.safeParse(line);
  if (data === undefined) return undefined;
  return {
    tool: 'codex',
    outcome: 'compacted',
    ...known({
      sessionId,
      at: timeOf(data.timestamp),
      itemsAfter: data.payload.replacement_history?.length,
      // An encrypted compaction of the server leaves the message empty: then its length is not told.
      summaryCharacters: data.payload.message === '' ? undefined : data.payload.message?.length,
    }),
  };
}
