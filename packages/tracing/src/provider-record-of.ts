import type { ProviderUse } from '@clew/core';
import type { RunRecord } from '@clew/semconv';

/** Who compacts, and what the provider told of it. */
export function providerRecordOf({ mode, used, fallback, report }: ProviderUse): RunRecord['provider'] {
  return {
    mode,
    used,
    fallback,
    cleared_tool_uses: report?.clearedToolUses,
    cleared_tokens: report?.clearedInputTokens,
  };
}
