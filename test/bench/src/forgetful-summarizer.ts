import type { Summarizer } from '@clew/core';
import { writtenSummary } from '@clew/core/testing';

/** The worst model: its summary names nothing, so that all that survives is in the fact sheet. */
export const forgetfulSummarizer: Summarizer = {
  name: 'forgetful',
  summarize: () => Promise.resolve({ text: writtenSummary('Some work was done and some is left.') }),
};
