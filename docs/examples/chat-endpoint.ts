import { Agent, Runner } from '@openai/agents';
import { SseReplay, clew, sseHeaders, toSse } from 'clew';

export const app = await clew({ model: 'gpt-5', maxContextTokens: 128_000 });
const runner = new Runner(app.runConfig);
const agent = new Agent({ name: 'Helper', instructions: 'You help.' });
const replay = new SseReplay();

/** GET /chat/{run}?ask=…: an `EventSource` comes here, and comes back with `Last-Event-ID` where its connection broke. */
export async function chat(request: Request, runId: string): Promise<Response> {
  const { signal, headers } = request;
  const last = headers.get('last-event-id');
  if (last !== null) {
    const back = replay.resume(runId, last, { signal });
    // 204 tells an EventSource to stop: it has everything. 410: it must read the conversation anew.
    if (back.kind !== 'stream') return new Response(null, { status: back.kind === 'over' ? 204 : 410 });
    return new Response(back.stream, { headers: sseHeaders });
  }
  const controller = new AbortController();
  const question = new URL(request.url).searchParams.get('ask') ?? '';
  const run = await runner.run(agent, question, { stream: true, signal: controller.signal });
  return new Response(toSse(run, { replay, runId, controller, signal }), { headers: sseHeaders });
}
