import type { CompactResult, FactKind, Retention } from '@clew/core';
import type { RetentionRecord } from '@clew/semconv';
import type { ContentGate, Redacted } from './content-gate.ts';

type EvictedFact = { readonly kind: FactKind; readonly payload: Redacted };

/** The facts that were evicted, as far as their texts may leave. */
export function evictedFactsOf(
  { retention }: CompactResult<unknown>,
  gate: ContentGate,
): readonly EvictedFact[] {
  return (retention?.evictedFacts ?? []).flatMap(({ kind, text }) => {
    const payload = gate(text);
    return payload === undefined ? [] : [{ kind, payload }];
  });
}

export function retentionRecordOf(retention: Retention, evicted: readonly EvictedFact[]): RetentionRecord {
  return {
    score: retention.score,
    by_kind: { ...retention.byKind },
    facts: retention.facts,
    evicted: retention.evicted,
    eroded: retention.eroded,
    sheet_tokens: retention.sheetTokens,
    ...(evicted.length === 0
      ? {}
      : { evicted_facts: evicted.map(({ kind, payload }) => ({ kind, text: payload.text })) }),
  };
}
