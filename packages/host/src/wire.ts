/**
 * What the host sends: the exact shapes of its JSON bodies and stream messages.
 *
 * `GET /api/stream?cursor=N` sends server-sent events whose `id` is the cursor and whose data is a
 * {@link StreamMessage}. A span that arrives again is sent again, whole and with a new cursor: a reader
 * replaces what it had under (traceId, id).
 */

/** `id` says the same as `spanId`: it is the name that trace-model reads. */
export type SpanLink = { readonly traceId: string; readonly spanId: string; readonly id: string };

/** One span, whichever way it came. Times are epoch milliseconds, possibly with a fraction. */
export type StoredSpan = {
  readonly traceId: string;
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
  readonly kind?: string;
  readonly start?: number;
  /** Absent while the span is open. */
  readonly end?: number;
  readonly status?: 'ok' | 'error';
  readonly statusMessage?: string;
  readonly service?: string;
  /** Ariadne: `data` as it came. OTLP: the attributes under their dotted keys. */
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly links?: readonly SpanLink[];
  readonly source: 'ariadne' | 'otlp';
  /** Grows with every write to the store; never used twice. */
  readonly cursor: number;
};

/** What an Ariadne trace event says of a whole trace. */
export type StoredTrace = {
  readonly traceId: string;
  readonly name?: string;
  readonly groupId?: string;
  readonly start?: number;
  readonly end?: number;
  readonly metadata?: Readonly<Record<string, string>>;
};

export type SpanMessage = StoredSpan & { readonly type: 'span' };
export type TraceMessage = StoredTrace & { readonly type: 'trace'; readonly cursor: number };
export type StreamMessage = SpanMessage | TraceMessage;

/** One line of `GET /api/traces`. */
export type TraceSummary = {
  readonly traceId: string;
  /** The trace event's name, else the root span's. */
  readonly name?: string;
  readonly start?: number;
  readonly end?: number;
  readonly spanCount: number;
  readonly errorCount: number;
  /** Runs that changed the context; looking and leaving it alone does not count. */
  readonly compactionCount: number;
};

/** `GET /api/traces?limit=&session=`, newest first. */
export type TraceList = { readonly traces: readonly TraceSummary[] };

/** `GET /api/traces/:id`. */
export type TraceDetail = { readonly trace: StoredTrace; readonly spans: readonly StoredSpan[] };

/** `GET /api/spans?cursor=&limit=&session=`: ask again with `cursor` while `more` is true. */
export type SpanPage = {
  readonly spans: readonly StoredSpan[];
  readonly cursor: number;
  readonly more: boolean;
};

/** `GET /healthz`, as Ariadne answers it. */
export type Health = {
  readonly status: 'ok';
  readonly timestamp: string;
  readonly events: { readonly count: number; readonly capacity: number };
};

/** The body of every refusal but OTLP's, whose form its protocol fixes. */
export type ErrorBody = {
  readonly error: string;
  readonly expected?: string;
  readonly received?: string;
  readonly message?: string;
  readonly details?: readonly { readonly path: readonly (string | number)[]; readonly message: string }[];
};
