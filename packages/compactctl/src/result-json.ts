import type { CompactResult } from '@clew/core';

/** A result as `--json` prints it. */
export function resultJson(format: string, result: CompactResult<unknown>): object {
  const { outcome, advice, window, tokens, count, coverage, steps, summary, retention, shortfall } = result;
  return {
    format,
    outcome,
    ...(advice === undefined ? {} : { advice }),
    window,
    tokens,
    count,
    coverage,
    steps,
    summary:
      summary === undefined
        ? null
        : { id: summary.id, version: summary.version, tokens: summary.tokens, text: summary.text },
    retention: retention ?? null,
    ...(shortfall === undefined ? {} : { shortfall }),
    ledger: result.ledger.map((row) => ({
      index: row.index ?? null,
      fate: row.fate,
      tokens: row.tokens,
      tokensAfter: row.tokensAfter,
      reason: row.reason ?? null,
      role: row.role,
      kind: row.kind,
      ...(row.tool === undefined ? {} : { tool: row.tool }),
    })),
  };
}
