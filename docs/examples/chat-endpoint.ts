import { Agent, MemorySession, Runner } from '@openai/agents';
import { SseReplay, clew, sseHeaders, toSse } from 'clew';

export const app = await clew({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  summary: { model: 'gpt-5-mini' },
});
const agent = new Agent({ name: 'Helper', instructions: 'You help.', model: 'gpt-5' });
const replay = new SseReplay();
export const sessions = new Map<string, MemorySession>();

/** One question: an `EventSource` comes here, and comes back with `Last-Event-ID` where its connection broke. */
export async function chat(request: Request, sessionId: string, runId: string): Promise<Response> {
  const { signal, headers } = request;
  const last = headers.get('last-event-id');
  if (last !== null || replay.has(runId)) {
    const back = replay.resume(runId, last ?? '', { signal });
    // 204 tells an EventSource to stop: it has everything. 410: it must read the conversation anew.
    if (back.kind !== 'stream') return new Response(null, { status: back.kind === 'over' ? 204 : 410 });
    return new Response(back.stream, { headers: sseHeaders });
  }
  const controller = new AbortController();
  const session = sessions.get(sessionId) ?? new MemorySession({ sessionId });
  sessions.set(sessionId, session);
  const runner = new Runner({ ...app.runConfig, groupId: sessionId });
  const question = new URL(request.url).searchParams.get('ask') ?? '';
  const run = await runner.run(agent, question, { stream: true, session, signal: controller.signal });
  return new Response(toSse(run, { replay, runId, controller, signal }), { headers: sseHeaders });
}
