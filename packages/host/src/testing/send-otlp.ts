import type { SourceSpan } from '../source/trace-source.ts';
import { toOtlpRequest } from './to-otlp-request.ts';

/** Sends spans to an OTLP receiver in JSON, one request a service. */
export async function sendOtlp(to: string, spans: readonly SourceSpan[]): Promise<void> {
  for (const service of new Set(spans.map((span) => span.service))) {
    const request = toOtlpRequest(spans.filter((span) => span.service === service));
    const response = await fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    if (!response.ok) throw new Error(`${to} answered ${response.status}: ${await response.text()}`);
  }
}
