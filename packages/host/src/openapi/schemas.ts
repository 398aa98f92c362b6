import { z } from 'zod';
import { AriadneEvent, AriadneSpanEvent, AriadneTraceEvent } from '../ariadne/ariadne-events.ts';
import { ContextDigest } from '../context-digest.ts';
import type { SessionEntry, SessionPage } from '../source/session-query.ts';
import * as wire from '../wire.ts';

const names = z.array(z.string()).readonly();

const sessionEntry = z
  .object({
    id: z.string(),
    name: z.string().exactOptional(),
    start: z.number().exactOptional().describe('Epoch milliseconds of the first thing known.'),
    end: z.number().exactOptional().describe('Epoch milliseconds of the last thing known.'),
    spanCount: z.int().exactOptional(),
    errorCount: z.int().exactOptional(),
    compactionCount: z.int().exactOptional(),
    services: names,
    agents: names,
    models: names,
    context: ContextDigest.exactOptional().describe('How its context stands, where its runs are counted.'),
  })
  .describe('What the source does not tell is absent.') satisfies z.ZodType<SessionEntry>;

const sessionPage = z.object({
  sessions: z.array(sessionEntry).readonly(),
  next: z.string().exactOptional().describe('`cursor` of the next page; absent after the last.'),
}) satisfies z.ZodType<SessionPage>;

const issue = z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() });

const ingestAnswer = z.object({
  success: z.literal(true),
  count: z.int().describe('Events that were stored.'),
  rejected: z
    .array(z.object({ index: z.int(), details: z.array(issue) }))
    .exactOptional()
    .describe('Only with `Prefer: handling=lenient`: each bad event by its place in the batch.'),
});

const batch = z.object({ batch: z.array(AriadneEvent) });

/** What is sent to the host, by the names that the document gives it. */
export const requestSchemas = {
  AriadneTraceEvent,
  AriadneSpanEvent,
  AriadneEvent,
  AriadneBatch: batch,
} as const;

/** What the host answers, likewise. */
export const answerSchemas = {
  SpanLink: wire.SpanLink,
  StoredSpan: wire.StoredSpan,
  StoredTrace: wire.StoredTrace,
  SpanMessage: wire.SpanMessage,
  TraceMessage: wire.TraceMessage,
  StreamMessage: wire.StreamMessage,
  TraceSummary: wire.TraceSummary,
  TraceList: wire.TraceList,
  TraceDetail: wire.TraceDetail,
  SpanPage: wire.SpanPage,
  SessionEntry: sessionEntry,
  SessionPage: sessionPage,
  Facets: wire.Facets,
  HostStats: wire.HostStats,
  Health: wire.Health,
  IngestAnswer: ingestAnswer,
  Error: wire.ErrorBody,
} as const;

export type SchemaName = keyof typeof requestSchemas | keyof typeof answerSchemas;
