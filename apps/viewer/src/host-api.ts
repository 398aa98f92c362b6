import { StreamMessage } from '@clew/trace-model';
import { z } from 'zod';

/** A session as the host lists it. What is not told is absent. */
export const SessionEntry = z.object({
  id: z.string(),
  name: z.string().exactOptional(),
  start: z.number().exactOptional(),
  end: z.number().exactOptional(),
  spanCount: z.number().exactOptional(),
  compactionCount: z.number().exactOptional(),
  agents: z.array(z.string()),
  models: z.array(z.string()),
  context: z
    .object({
      calls: z.number(),
      fallbacks: z.number(),
      failures: z.number(),
      savedTokens: z.number(),
      peakTokens: z.number().exactOptional(),
      peakRatio: z.number().exactOptional(),
      latest: z
        .object({
          at: z.number(),
          tokens: z.number(),
          limit: z.number().exactOptional(),
          trigger: z.number().exactOptional(),
          basis: z.enum(['provider', 'tokenizer', 'estimate']).optional().catch(undefined),
        })
        .exactOptional(),
    })
    .exactOptional(),
});
export type SessionEntry = z.infer<typeof SessionEntry>;

const SessionPage = z.object({ sessions: z.array(SessionEntry), next: z.string().exactOptional() });
export type SessionPage = z.infer<typeof SessionPage>;

const Stats = z.object({ cursor: z.number() });
const Trace = z.object({ spans: z.array(z.unknown()) });

/** What the app asks of its host. Each rejects where the host refuses or does not answer. */
export interface HostApi {
  /** A page of sessions, newest activity first, of those that have `text` in a name. */
  listSessions(query: { text: string; cursor?: string }, signal: AbortSignal): Promise<SessionPage>;
  /** Every message of a session, in pieces as they come; nothing where the host does not know it. */
  readSession(id: string, signal: AbortSignal): AsyncIterable<readonly StreamMessage[]>;
  readTrace(traceId: string, signal: AbortSignal): Promise<readonly StreamMessage[]>;
  /** The newest cursor: what is written from now on has a higher one. */
  readHead(signal: AbortSignal): Promise<number>;
}

/** Sessions on one page. */
const pageSize = 50;

/** @param base the host's address with a slash at its end; empty for the page's own */
export function createHostApi(base: string, request: typeof fetch = (...of) => fetch(...of)): HostApi {
  const get = async (path: string, signal: AbortSignal): Promise<Response> => {
    const answer = await request(`${base}api/${path}`, { signal });
    if (answer.ok || answer.status === 404) return answer;
    throw new Error(`The host answered ${answer.status} to ${path}.`);
  };
  return {
    async listSessions({ text, cursor }, signal) {
      const query = new URLSearchParams({ limit: String(pageSize) });
      if (text !== '') query.set('text', text);
      if (cursor !== undefined) query.set('cursor', cursor);
      return SessionPage.parse(await (await get(`sessions?${query.toString()}`, signal)).json());
    },
    async *readSession(id, signal) {
      const answer = await get(`sessions/${encodeURIComponent(id)}/spans`, signal);
      if (answer.status === 404 || answer.body === null) return;
      for await (const lines of linesOf(answer.body)) yield lines.flatMap(messagesOf);
    },
    async readTrace(traceId, signal) {
      const answer = await get(`traces/${encodeURIComponent(traceId)}`, signal);
      if (answer.status === 404) return [];
      const { spans } = Trace.parse(await answer.json());
      return spans.flatMap((span) => parsed({ type: 'span', ...Object(span) }));
    },
    async readHead(signal) {
      return Stats.parse(await (await get('stats', signal)).json()).cursor;
    },
  };
}

/** A body's whole lines, piece by piece. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<readonly string[]> {
  const reader = body.getReader();
  const text = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + text.decode(value, { stream: !done })).split('\n');
    rest = lines.pop() ?? '';
    yield done ? [...lines, rest] : lines;
    if (done) return;
  }
}

/** A line that is not understood is left out: a newer host may send more kinds than these. */
function messagesOf(line: string): readonly StreamMessage[] {
  try {
    return line === '' ? [] : parsed(JSON.parse(line));
  } catch {
    return [];
  }
}

function parsed(value: unknown): readonly StreamMessage[] {
  const { data } = StreamMessage.safeParse(value);
  return data === undefined ? [] : [data];
}
