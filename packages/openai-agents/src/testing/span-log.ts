import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-node';

/** Remembers the spans of a provider in the order in which they started. */
export class SpanLog implements SpanProcessor {
  readonly started: ReadableSpan[] = [];
  readonly ended = new Set<ReadableSpan>();

  onStart(span: Span): void {
    this.started.push(span);
  }

  onEnd(span: ReadableSpan): void {
    this.ended.add(span);
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  get(name: string): ReadableSpan {
    const found = this.started.filter((span) => span.name === name);
    const [span] = found;
    if (span === undefined || found.length > 1) {
      throw new Error(
        `Expected one span ${name}, got ${found.length}. There are:\n${this.tree().join('\n')}`,
      );
    }
    return span;
  }

  /** One line for each span below its parent, indented; `…` marks one that has not ended. */
  tree(): readonly string[] {
    const lines: string[] = [];
    const write = (parent: string | undefined, depth: number): void => {
      for (const span of this.started.filter(
        ({ parentSpanContext }) => parentSpanContext?.spanId === parent,
      )) {
        lines.push(`${'  '.repeat(depth)}${span.name}${this.ended.has(span) ? '' : ' …'}`);
        write(span.spanContext().spanId, depth + 1);
      }
    };
    write(undefined, 0);
    return lines;
  }
}
