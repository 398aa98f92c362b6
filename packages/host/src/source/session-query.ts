import { z } from 'zod';
import type { ContextDigest } from '../context-digest.ts';

const millis = z.number().nonnegative();
const text = z.string().min(1).max(500);

/** Which sessions to list. Filters are joined by "and"; each is left out unless it is given. */
export const SessionQuery = z.strictObject({
  limit: z.int().min(1).max(1000).default(100).describe('Sessions at most.'),
  cursor: z.string().min(1).max(500).optional().describe('`next` of the page before. Opaque.'),
  text: text
    .optional()
    .describe('In the id, a name, an agent, a model or a service; letter case is ignored.'),
  service: text.optional().describe('The service that sent spans of it, exactly.'),
  agent: text.optional().describe('An agent of it, exactly.'),
  model: text.optional().describe('A model that it called, exactly.'),
  compacted: z.boolean().optional().describe('Whether a compaction changed its context.'),
  from: millis.optional().describe('Active at this time or later, in epoch milliseconds.'),
  to: millis.optional().describe('Active before this time, in epoch milliseconds.'),
});
export type SessionQuery = z.infer<typeof SessionQuery>;

/** The fields of a query that choose among sessions. */
export type SessionFilter = Exclude<keyof SessionQuery, 'limit' | 'cursor'>;

/** A session in a list. What the source does not tell is absent. */
export type SessionEntry = {
  readonly id: string;
  readonly name?: string;
  /** Epoch milliseconds of the first and the last thing known. */
  readonly start?: number;
  readonly end?: number;
  /** Of all its traces, see the capability `counts`. */
  readonly spanCount?: number;
  readonly errorCount?: number;
  /** Runs that changed the context; looking and leaving it alone does not count. */
  readonly compactionCount?: number;
  readonly services: readonly string[];
  readonly agents: readonly string[];
  readonly models: readonly string[];
  /** How its context stands, where its runs are counted. */
  readonly context?: ContextDigest;
};

export type SessionPage = {
  readonly sessions: readonly SessionEntry[];
  /** Where to go on; absent after the last page. */
  readonly next?: string;
};
