import { GenAi } from '@clew/semconv';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { isLocalRoot } from './trace-to-event.ts';

const capacity = 1000;

/** Remembers the first agent of each trace while its root is open: the root itself rarely knows it. */
export class OpenTraces {
  readonly #agents = new Map<string, string | undefined>();

  /** Whether the start of a span tells anything about its trace. */
  static concerns(span: ReadableSpan): boolean {
    return isLocalRoot(span) || span.attributes[GenAi.agentName] !== undefined;
  }

  start(span: ReadableSpan): void {
    const { traceId } = span.spanContext();
    const agent = span.attributes[GenAi.agentName];
    if (!this.#agents.has(traceId) && !isLocalRoot(span)) {
      return;
    }
    this.#agents.set(traceId, this.#agents.get(traceId) ?? (typeof agent === 'string' ? agent : undefined));
    this.#makeRoom();
  }

  /** The trace's root has ended. */
  end(root: ReadableSpan): string | undefined {
    const { traceId } = root.spanContext();
    const agent = this.#agents.get(traceId);
    this.#agents.delete(traceId);
    return agent;
  }

  /** Roots that never end must not pile up. */
  #makeRoom(): void {
    for (const oldest of this.#agents.keys()) {
      if (this.#agents.size <= capacity) {
        return;
      }
      this.#agents.delete(oldest);
    }
  }
}
