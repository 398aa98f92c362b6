import { createExporterSink } from '@clew/exporters';
import type { SpanSink } from '@clew/exporters';
import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';

/** What your message bus takes. */
export type Publish = (message: { name: string; traceId: string; attributes: object }) => Promise<void>;

/** Every finished span, without its secrets, as one message: `clew({ sinks: [busSink(publish)] })`. */
export function busSink(publish: Publish): SpanSink {
  const exporter: SpanExporter = {
    export: (spans, report) => {
      const messages = spans.map((span) => ({
        name: span.name,
        traceId: span.spanContext().traceId,
        attributes: span.attributes,
      }));
      Promise.all(messages.map(publish)).then(
        () => report({ code: ExportResultCode.SUCCESS }),
        (error: unknown) => report({ code: ExportResultCode.FAILED, error: new Error(String(error)) }),
      );
    },
    shutdown: async () => {},
  };
  return createExporterSink(exporter, { name: 'bus' });
}
