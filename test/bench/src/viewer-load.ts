import { toAttributes } from '@clew/semconv';
import { buildRunRecord, recordSession } from '@clew/trace-model/testing';
import type { Span } from '@clew/trace-model';
import type { LedgerRow } from '@clew/trace-model';

/** Calls of one recorded session, which make about a hundred spans. */
const callsPerSession = 16;

/** Sends sessions to a host until it holds about `spans` spans, each session with ids of its own; returns how many spans. */
export async function fillHost(url: string, sessions: number, end: number): Promise<number> {
  let sent = 0;
  for (let at = 0; at < sessions; at += 1) {
    const spans = recordSession({
      sessionId: sessionName(at),
      seed: at + 1,
      calls: callsPerSession,
      isMeasured: true,
      limit: 40_000,
      start: end - (sessions - at) * 600_000,
      agent: `agent-${at % 7}`,
    });
    await sendSpans(url, spans);
    sent += spans.length;
  }
  return sent;
}

export function sessionName(at: number): string {
  return `session-${String(at).padStart(4, '0')}`;
}

/** By OTLP over HTTP, as JSON. Rejects where the host does not take all of them. */
export async function sendSpans(url: string, spans: readonly Span[]): Promise<void> {
  const resourceSpans = [
    {
      resource: { attributes: [attribute('service.name', 'bench')] },
      scopeSpans: [{ spans: spans.map(otlpSpan) }],
    },
  ];
  const answer = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans }),
  });
  if (!answer.ok) throw new Error(`The host answered ${answer.status}: ${await answer.text()}`);
}

function otlpSpan({ traceId, id, parentId, name, start = 0, end = 0, status, attrs, links = [] }: Span) {
  return {
    traceId,
    spanId: id,
    ...(parentId !== undefined && { parentSpanId: parentId }),
    name,
    kind: 1,
    startTimeUnixNano: nanos(start),
    endTimeUnixNano: nanos(end),
    status: { code: status === 'error' ? 2 : 1 },
    attributes: Object.entries(attrs).map(([key, value]) => attribute(key, value)),
    links: links.map((link) => ({ traceId: link.traceId, spanId: link.id })),
  };
}

function nanos(millis: number): string {
  return String(BigInt(Math.round(millis)) * 1_000_000n);
}

function attribute(key: string, value: unknown): { readonly key: string; readonly value: object } {
  return { key, value: otlpValue(value) };
}

function otlpValue(value: unknown): object {
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(otlpValue) } };
  return { stringValue: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** A session of one call, whose compaction lists so many items. */
export function longLedger(sessionId: string, rows: number, at: number): readonly Span[] {
  const ledger = Array.from({ length: rows }, (_, index): LedgerRow => {
    const gone = index < rows * 0.9;
    return {
      index,
      id: `item-${index}`,
      role: index % 3 === 0 ? 'user' : 'assistant',
      kind: 'message',
      category: index % 3 === 0 ? 'user' : 'assistant',
      fate: gone ? 'dropped' : 'kept',
      tokens: 10,
      tokens_after: gone ? 0 : 10,
      sequence: gone ? 1 : 0,
      ...(gone && { reason: 'oldest' }),
    };
  });
  const record = buildRunRecord({
    id: `run-${sessionId}`,
    sessionId,
    callIndex: 1,
    sequence: 1,
    outcome: 'pruned_only',
    window: { limit: 128_000, reserve: 1_500, trigger: 108_800, target: 51_200 },
    fixed: { system: 500 },
    rows: ledger,
    withLedger: true,
  });
  const attrs = toAttributes('compact.run', record);
  return [
    { traceId: 'ab'.repeat(16), id: 'cd'.repeat(8), name: 'compact.run', start: at, end: at + 40, attrs },
  ];
}
