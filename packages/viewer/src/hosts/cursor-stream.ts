import { StreamMessage, type Span, type TraceInfo } from '@clew/trace-model';

/** How the connection to the host stands. */
export type ConnectionState =
  | { readonly state: 'connecting' | 'live' }
  | { readonly state: 'reconnecting'; readonly attempt: number };

/** The part of `EventSource` that is used; tests bring their own. */
type EventStream = Pick<EventSource, 'close' | 'addEventListener'>;

export type StreamOptions = {
  /** Address of the stream, without its cursor. */
  readonly url: string;
  /** The cursor after which to begin; without it, at the beginning. */
  readonly from?: number;
  readonly onSpan: (span: Span) => void;
  readonly onTrace: (trace: TraceInfo) => void;
  readonly onState: (state: ConnectionState) => void;
  readonly open?: (url: string) => EventStream;
  readonly after?: (millis: number, work: () => void) => () => void;
};

/**
 * Follows the host's event stream from its beginning, or from a cursor, and goes on at the last cursor after a lost connection.
 * Returns how to stop.
 */
export function followStream(options: StreamOptions): () => void {
  const { url, onState, open = (address) => new EventSource(address), after = afterMillis } = options;
  let cursor = String(options.from ?? 0);
  let attempt = 0;
  let stream: EventStream | undefined;
  let cancel: (() => void) | undefined;

  const connect = (): void => {
    onState(attempt === 0 ? { state: 'connecting' } : { state: 'reconnecting', attempt });
    const opened = open(`${url}?cursor=${encodeURIComponent(cursor)}`);
    stream = opened;
    opened.addEventListener('open', () => {
      attempt = 0;
      onState({ state: 'live' });
    });
    opened.addEventListener('message', ({ data, lastEventId }) => {
      const message = read(data);
      if (lastEventId !== '') cursor = lastEventId;
      if (message?.type === 'span') options.onSpan({ ...message, revision: message.cursor });
      else if (message?.type === 'trace') options.onTrace(message);
    });
    // The browser would retry by itself, but from the cursor in the address: everything would be sent again.
    opened.addEventListener('error', () => {
      opened.close();
      attempt += 1;
      onState({ state: 'reconnecting', attempt });
      cancel = after(retryDelay(attempt), connect);
    });
  };

  connect();
  return () => {
    cancel?.();
    stream?.close();
  };
}

/** Milliseconds to wait before the nth attempt to reconnect: soon at first, and never more than ten seconds. */
export function retryDelay(attempt: number): number {
  return Math.min(10_000, 250 * 2 ** Math.min(attempt, 6));
}

/** A message that is not understood is left out: a newer host may send more kinds than these. */
function read(data: unknown): StreamMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const parsed = StreamMessage.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function afterMillis(millis: number, work: () => void): () => void {
  const timer = setTimeout(work, millis);
  return () => clearTimeout(timer);
}
