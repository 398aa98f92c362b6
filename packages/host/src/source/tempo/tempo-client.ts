import { z } from 'zod';
import type { ApiAddress } from '../address.ts';
import { fromOtlpAnswer } from '../otlp-answer.ts';
import { sourceError } from '../source-error.ts';
import { sourceFetch } from '../source-fetch.ts';
import type { SourceSpan } from '../trace-source.ts';

const Nanos = z.string().regex(/^\d+$/);
const FoundSpan = z.object({
  spanID: z.string(),
  name: z.string().default(''),
  startTimeUnixNano: Nanos,
  durationNanos: Nanos.default('0'),
  attributes: z
    .array(z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) }))
    .default([]),
});
const SpanSet = z.object({ spans: z.array(FoundSpan).default([]), matched: z.number().default(0) });
/** A trace that a search found: its own measures, and of its spans those that were asked for. */
export const FoundTrace = z.object({
  traceID: z.string(),
  rootTraceName: z.string().default(''),
  startTimeUnixNano: Nanos,
  durationMs: z.number().default(0),
  spanSets: z.array(SpanSet).default([]),
  serviceStats: z
    .record(z.string(), z.object({ spanCount: z.number().default(0), errorCount: z.number().default(0) }))
    .default({}),
});
export type FoundTrace = z.infer<typeof FoundTrace>;

const SearchAnswer = z.object({ traces: z.array(FoundTrace).default([]) });
const TraceAnswer = z.object({ trace: z.unknown().optional() });

type TempoSearch = {
  /** A query in TraceQL. */
  readonly query: string;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly maxTraces: number;
};

/** Tempo by its HTTP API. */
export interface TempoClient {
  readonly name: string;
  search(search: TempoSearch, signal: AbortSignal): Promise<readonly FoundTrace[]>;
  /** The spans of a trace; none where there is no such trace. */
  read(traceId: string, signal: AbortSignal): Promise<readonly SourceSpan[]>;
}

/** Spans that a search gives of each trace: as many as a server gives unless it is told otherwise. */
const SPANS_OF_TRACE = 100;

export function createTempoClient({ base, headers }: ApiAddress): TempoClient {
  const name = `Tempo (${base.href.replace(/\/$/, '')})`;

  async function ask<TSchema extends z.ZodType>(
    path: string,
    parameters: Readonly<Record<string, string>>,
    schema: TSchema,
    signal: AbortSignal,
  ): Promise<z.infer<TSchema> | undefined> {
    const url = new URL(path, base);
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
    const response = await sourceFetch({ url, headers, name, accept: [404] }, signal);
    if (response.status === 404) return undefined;
    const body: unknown = await response.json().catch(() => signal.throwIfAborted());
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw sourceError(
      'source_answer',
      `Expected from ${name} an answer of its HTTP API, but ${z.prettifyError(parsed.error)}. Check that the address is that of its query frontend.`,
      parsed.error,
    );
  }

  return {
    name,
    async search({ query, from, to, maxTraces }, signal) {
      const parameters = {
        q: query,
        start: String(Math.floor(from / 1000)),
        end: String(Math.ceil(to / 1000)),
        limit: String(maxTraces),
        spss: String(SPANS_OF_TRACE),
      };
      return (await ask('api/search', parameters, SearchAnswer, signal))?.traces ?? [];
    },
    async read(traceId, signal) {
      const answer = await ask(`api/v2/traces/${encodeURIComponent(traceId)}`, {}, TraceAnswer, signal);
      const { spans, unreadable } = fromOtlpAnswer(answer?.trace ?? {});
      if (unreadable.length === 0) return spans;
      throw sourceError(
        'source_answer',
        `Expected from ${name} a trace in OTLP, but ${unreadable[0] ?? ''}. Check that it is Tempo 2.5 or later.`,
      );
    },
  };
}
