/** Where ids come from: 32 hex digits for a trace, 16 for a span. OTel's `IdGenerator` has this shape. */
export interface IdSource {
  generateTraceId(): string;
  generateSpanId(): string;
}

/**
 * An OTel id generator that lets the bridge start a root span under the SDK's trace id.
 *
 * OTel has no way to ask for the trace id of a span without a parent, so the provider must be given this generator:
 * `new NodeTracerProvider({ idGenerator })`, and the bridge the same one. Every other span gets an id of `base`.
 */
export class AgentsIdGenerator implements IdSource {
  readonly #base: IdSource;
  #wanted: string | undefined;

  constructor(base: IdSource = randomIds) {
    this.#base = base;
  }

  /** Gives `traceId` to the first root span that `start` starts, synchronously. */
  withTraceId<TResult>(traceId: string, start: () => TResult): TResult {
    this.#wanted = traceId;
    try {
      return start();
    } finally {
      this.#wanted = undefined;
    }
  }

  generateTraceId(): string {
    const wanted = this.#wanted;
    this.#wanted = undefined;
    return wanted ?? this.#base.generateTraceId();
  }

  generateSpanId(): string {
    return this.#base.generateSpanId();
  }
}

const randomIds: IdSource = {
  generateTraceId: () => randomHex(16),
  generateSpanId: () => randomHex(8),
};

function randomHex(byteCount: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(byteCount));
  // All zero is the one id that OTel calls invalid.
  if (bytes.every((byte) => byte === 0)) bytes[0] = 1;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
