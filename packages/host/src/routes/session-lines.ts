import { setImmediate } from 'node:timers/promises';
import type { HostContext } from './context.ts';

/**
 * A session as lines of JSON, one message of the live stream each, in pieces of many lines; none for a session that is
 * not known. Spans of the host's own store are text already, and are passed on as they are.
 */
export async function* sessionLines(
  { source, store, isOwnStore }: Pick<HostContext, 'source' | 'store' | 'isOwnStore'>,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (!isOwnStore) {
    for await (const { spans, traces = [] } of source.readSession(id, signal)) {
      const messages = [
        ...traces.map((trace) => ({ type: 'trace', ...trace })),
        ...spans.map((span) => ({ type: 'span', ...span })),
      ];
      yield messages.map((message) => `${JSON.stringify(message)}\n`).join('');
    }
    return;
  }
  const traces = store.tracesOf(id);
  if (traces.length > 0)
    yield traces.map((trace) => `${JSON.stringify({ type: 'trace', ...trace })}\n`).join('');
  for (const lines of store.readSession(id)) {
    yield lines;
    await setImmediate();
    signal.throwIfAborted();
  }
}
