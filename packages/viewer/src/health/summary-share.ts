import { sentTokens } from '@clew/trace-model';
import { formatRatio } from '../format/ratio.ts';
import type { HealthRule } from './finding.ts';

/** The summary itself has become a large part of what is sent. The threshold is a share of the prompt. */
export const summaryShare: HealthRule = {
  id: 'summary_share',
  threshold: 0.4,
  find({ calls }, threshold) {
    const call = calls.at(-1);
    const sent = call && sentTokens(call);
    const summary = (call?.after ?? call?.before)?.categories.summary;
    if (call === undefined || !sent || summary === undefined || summary / sent < threshold) return undefined;
    return {
      rule: 'summary_share',
      weight: 'plain',
      says: `The summary is ${formatRatio(summary / sent)} of the latest prompt.`,
      action: 'Give the summary a smaller budget, or a strategy that drops what is done.',
      runId: call.id,
    };
  },
};
