import type { SinkLog } from '@clew/exporters';
import type { Tracer } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';

const message =
  'Redaction is off: secrets in summaries, transcripts and spans leave the process as they are.';

/** Tells those who watch the spans, and whoever started the process, that nothing is redacted. */
export function warnUnredacted(tracer: Tracer, log: SinkLog): void {
  log('error', `[Clew] ${message}`);
  const attributes = {
    'compact.warning.type': 'redaction_disabled',
    'compact.warning.severity': 'high',
    'compact.warning.message': message,
  };
  tracer
    .startSpan('compact.warning', { attributes, root: true })
    .setStatus({ code: SpanStatusCode.ERROR, message: 'redaction_disabled' })
    .end();
}
