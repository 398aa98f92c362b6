import { z } from 'zod';
import type { ApiAddress } from '../address.ts';
import { linesOf } from '../lines-of.ts';
import { fromOtlpAnswer } from '../otlp-answer.ts';
import { excerpt, sourceError } from '../source-error.ts';
import { sourceFetch } from '../source-fetch.ts';
import type { SourceSpan } from '../trace-source.ts';

export type JaegerSearch = {
  readonly service: string;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly maxTraces: number;
  /** Older servers take no notice of it: what comes back is to be checked. */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** The spans of each trace, by its id. */
export type Traces = ReadonlyMap<string, readonly SourceSpan[]>;

/** Jaeger's query service by its stable API, version 3. */
export interface JaegerClient {
  readonly name: string;
  services(signal: AbortSignal): Promise<readonly string[]>;
  find(search: JaegerSearch, signal: AbortSignal): Promise<Traces>;
  /** Nothing where there is no such trace. */
  read(traceId: string, signal: AbortSignal): Promise<Traces>;
}

const Services = z.object({ services: z.array(z.string()).default([]) });
/** A stream's message by the gateway's mapping: a result, or what went wrong half-way. */
const Message = z.object({
  result: z.unknown().optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});

export function createJaegerClient({ base, headers }: ApiAddress): JaegerClient {
  const name = `Jaeger (${base.href.replace(/\/$/, '')})`;

  function ask(
    path: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Response> {
    const url = new URL(`api/v3/${path}`, base);
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
    // 404 is how it says that nothing was found.
    return sourceFetch({ url, headers, name, accept: [404] }, signal);
  }

  async function traces(
    path: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Traces> {
    const response = await ask(path, parameters, signal);
    const found = new Map<string, SourceSpan[]>();
    for await (const line of linesOf(response, signal)) {
      const { spans, unreadable } = readMessage(line, response.status, name);
      if (unreadable.length > 0) throw unreadableAnswer(name, unreadable[0] ?? '');
      for (const span of spans) {
        const trace = found.get(span.traceId);
        if (trace === undefined) found.set(span.traceId, [span]);
        else trace.push(span);
      }
    }
    return found;
  }

  return {
    name,
    async services(signal) {
      const response = await ask('services', {}, signal);
      const parsed = Services.safeParse(await response.json().catch(() => undefined));
      if (!response.ok || !parsed.success) throw unreadableAnswer(name, 'no list of services');
      return parsed.data.services;
    },
    find: ({ service, from, to, maxTraces, attributes }, signal) =>
      traces(
        'traces',
        {
          ...bothNames('query.service_name', service),
          ...bothNames('query.start_time_min', new Date(from).toISOString()),
          ...bothNames('query.start_time_max', new Date(to).toISOString()),
          'query.num_traces': String(maxTraces),
          'query.searchDepth': String(maxTraces),
          ...(attributes && { 'query.attributes': JSON.stringify(attributes) }),
        },
        signal,
      ),
    read: (traceId, signal) => traces(`traces/${encodeURIComponent(traceId)}`, {}, signal),
  };
}

/** Servers before 2.19 know the first name alone; later ones prefer the second and mean to drop the first. */
function bothNames(snake: string, value: string): Readonly<Record<string, string>> {
  return {
    [snake]: value,
    [snake.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]: value,
  };
}

function readMessage(line: string, status: number, name: string): ReturnType<typeof fromOtlpAnswer> {
  const parsed = Message.safeParse(parseJson(line));
  if (!parsed.success) throw unreadableAnswer(name, excerpt(line));
  const { result, error } = parsed.data;
  if (error !== undefined && status !== 404)
    throw sourceError('source_answer', `${name} stopped half-way: ${error.message}. Ask again.`);
  return result === undefined ? { spans: [], unreadable: [] } : fromOtlpAnswer(result);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadableAnswer(name: string, received: string): Error {
  return sourceError(
    'source_answer',
    `Expected from ${name} an answer of its API version 3, but received: ${received}. Check that the address is that of its query service, with its base path.`,
  );
}
