import type { Span, StreamMessage } from '@clew/trace-model';
import type { ModelStore } from '@clew/viewer';
import type { HostApi } from './host-api.ts';

/** Tells every message that the host writes from now on; returns how to stop. */
export type Live = (listener: (message: StreamMessage) => void) => () => void;

/** How far the reading of a session is. */
export type FeedState = 'reading' | 'read' | 'unknown' | 'failed';

export type SessionFeedOptions = {
  readonly id: string;
  readonly api: Pick<HostApi, 'readSession' | 'readTrace'>;
  readonly live: Live;
  readonly store: Pick<ModelStore, 'add'>;
  readonly onState: (state: FeedState) => void;
};

/**
 * Puts one session into a store: what the host has of it, and from then on what comes. Listening begins before reading, so that
 * nothing falls in between; what cannot be placed yet waits until the session's traces are known. Returns how to stop.
 */
export function feedSession({ id, api, live, store, onState }: SessionFeedOptions): () => void {
  const stop = new AbortController();
  const traces = new Set<string>([id]);
  let waiting: StreamMessage[] | undefined = [];

  const add = (messages: readonly StreamMessage[]): void => {
    const spans = messages.flatMap((message) => (message.type === 'span' ? spanOf(message) : []));
    store.add(
      spans,
      messages.filter((message) => message.type === 'trace'),
    );
  };
  const onLive = (message: StreamMessage): void => {
    if (traces.has(message.traceId)) add([message]);
    else if (message.type === 'span' && sessionOf(message) === id) join(message);
    else waiting?.push(message);
  };
  /** A trace that names the session belongs to it whole: also what came of it before. */
  const join = (message: StreamMessage): void => {
    traces.add(message.traceId);
    add([message]);
    void api.readTrace(message.traceId, stop.signal).then(add, () => undefined);
  };
  const read = async (): Promise<void> => {
    for await (const messages of api.readSession(id, stop.signal)) {
      for (const { traceId } of messages) traces.add(traceId);
      add(messages);
    }
    const held = waiting ?? [];
    waiting = undefined;
    for (const message of held) onLive(message);
    onState(traces.size === 1 ? 'unknown' : 'read');
  };

  const unsubscribe = live(onLive);
  onState('reading');
  read().catch(() => {
    if (!stop.signal.aborted) onState('failed');
  });
  return () => {
    stop.abort();
    unsubscribe();
  };
}

function spanOf(message: StreamMessage & { readonly type: 'span' }): Span {
  return { ...message, ...(message.cursor !== undefined && { revision: message.cursor }) };
}

/** The session that a span names itself, in either form of a record, or by its conversation. */
function sessionOf({ name, attrs }: Span): string | undefined {
  const named = [
    name.startsWith('compact.') ? attrs['session_id'] : undefined,
    attrs['compact.session_id'],
    attrs['gen_ai.conversation.id'],
  ];
  return named.find((value): value is string => typeof value === 'string' && value !== '');
}
