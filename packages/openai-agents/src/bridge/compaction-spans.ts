import type { SpanContext } from '@opentelemetry/api';

const capacity = 1000;

/** The `compact.run` spans of the latest runs, by run id, so that the call that follows a run can link to it. */
export class CompactionSpans {
  readonly #spans = new Map<string, SpanContext>();

  note(runId: string, span: SpanContext): void {
    this.#spans.set(runId, span);
    for (const oldest of this.#spans.keys()) {
      if (this.#spans.size <= capacity) return;
      this.#spans.delete(oldest);
    }
  }

  get(runId: string): SpanContext | undefined {
    return this.#spans.get(runId);
  }
}
