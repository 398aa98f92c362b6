import type { IncomingSpan } from '../store/incoming.ts';
import type { OtlpRequest } from './otlp-request.ts';
import { readJsonSpan } from './read-json-span.ts';
import { Malformed, readAttributes } from './read-json-value.ts';
import { toSpan, type Origin, type SpanParts } from './span-parts.ts';

export type OtlpReading = {
  readonly spans: readonly IncomingSpan[];
  /** Why each span that is not among them was rejected. */
  readonly rejected: readonly string[];
};

/**
 * The spans of a request in the store's shape, texts of more than `maxText` UTF-16 units cut. A bad span is rejected by
 * itself, as the protocol allows.
 */
export function fromOtlp(request: OtlpRequest, maxText: number): OtlpReading {
  const reading = new Reading(maxText);
  for (const { resource, scopeSpans } of request.resourceSpans ?? []) {
    const service = serviceOf(resource?.attributes);
    for (const { scope, spans } of scopeSpans ?? []) {
      const origin = {
        service,
        scopeName: scope?.name ?? undefined,
        scopeVersion: scope?.version ?? undefined,
      };
      for (const member of spans ?? []) reading.add(() => readJsonSpan(member), origin);
    }
  }
  return reading;
}

/** Spans as they are read, and what was wrong with the others. */
export class Reading implements OtlpReading {
  readonly spans: IncomingSpan[] = [];
  readonly rejected: string[] = [];
  readonly #maxText: number;

  constructor(maxText: number) {
    this.#maxText = maxText;
  }

  add(read: () => SpanParts, origin: Origin): void {
    const span = this.#read(read, origin);
    if (typeof span === 'string') this.rejected.push(span);
    else this.spans.push(span);
  }

  #read(read: () => SpanParts, origin: Origin): IncomingSpan | string {
    try {
      return toSpan(read(), origin, this.#maxText);
    } catch (error) {
      if (error instanceof Malformed) return `a span is ${error.message}`;
      throw error;
    }
  }
}

function serviceOf(attributes: unknown): string | undefined {
  try {
    const service = readAttributes(attributes)['service.name'];
    return typeof service === 'string' ? service : undefined;
  } catch {
    return undefined;
  }
}
