import type { CompactPolicy } from '@clew/core';
import type { TriggerDecisionRecord } from '@clew/semconv';

/** The policy as a configuration file writes it: the same fields, in snake_case. */
export function policyRecordOf(policy: CompactPolicy): TriggerDecisionRecord['policy'] {
  const fields = Object.entries(policy).map(([key, value]) => [snakeCase(key), value]);
  return {
    ...Object.fromEntries(fields),
    trigger_pct: policy.triggerPct,
    hard_cap_buffer: policy.hardCapBuffer,
    strategy: policy.strategy,
  };
}

function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
