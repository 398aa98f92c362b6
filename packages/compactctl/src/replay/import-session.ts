import type { ReplayTrace } from 'clew';
import type { SessionContent } from '../sessions/session-format.ts';
import { recordedCalls } from './recorded-calls.ts';
import { promptOf } from './recorded-usage.ts';

/** Tells each recorded call as it was. @returns how many there were */
export function importSession(
  session: SessionContent,
  conversationId: string,
  trace: Pick<ReplayTrace, 'call'>,
): number {
  const views = session.items.map((item) => session.dialect.inspect(item));
  const calls = recordedCalls(session, views).flatMap(({ recorded, wholeTokens = 0 }) =>
    recorded === undefined ? [] : [{ recorded, wholeTokens }],
  );
  for (const { recorded, wholeTokens } of calls) {
    const { model, at = Date.now(), output, cachedInput, cacheWrite } = recorded;
    const inputTokens = promptOf(recorded);
    trace.call({
      model,
      conversationId,
      usage: {
        inputTokens,
        outputTokens: output,
        cacheReadInputTokens: cachedInput,
        cacheWriteInputTokens: cacheWrite,
      },
      startedAt: at,
      endedAt: at,
      isCompacted: inputTokens < wholeTokens,
    });
  }
  return calls.length;
}
