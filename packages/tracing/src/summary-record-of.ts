import type { SummaryInfo } from '@clew/core';
import type { SummaryRecord } from '@clew/semconv';
import type { Redacted } from './content-gate.ts';

/** `payload` is what may leave of the text; `undefined` where nothing may. */
export function summaryRecordOf(summary: SummaryInfo, payload: Redacted | undefined): SummaryRecord {
  return {
    id: summary.id,
    version: summary.version,
    parent_id: summary.parentId,
    tokens: summary.tokens,
    digest: summary.digest,
    verification: summary.verification && {
      sections: {
        present: [...summary.verification.sections.present],
        missing: [...summary.verification.sections.missing],
      },
      checks: [...summary.verification.checks],
      fact_score: summary.verification.factScore,
    },
    ...(isOpaque(summary)
      ? { state: 'opaque' }
      : payload === undefined
        ? { state: 'absent' }
        : { state: payload.count > 0 ? 'redacted' : 'inline', text: payload.text }),
  };
}

/** Only the provider can read it: that nothing is shown has nothing to do with what may be captured. */
function isOpaque({ by, text }: SummaryInfo): boolean {
  return by === 'provider' && text === '';
}
