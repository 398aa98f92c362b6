import { findSections } from './find-sections.ts';
import type { Sections } from './find-sections.ts';
import type { SummaryFailure } from './failure.ts';
import type { SummarySubject } from './summary-subject.ts';
import { summaryChecks } from './summary-checks.ts';
import type { SummaryCheckName } from './summary-checks.ts';

/** What was found of a summary. Deterministic: no model judges it. */
export type SummaryVerification = {
  readonly sections: Sections;
  /** The checks that it passed. */
  readonly checks: readonly SummaryCheckName[];
  /** The share of the facts that can still be read, each by its worth. Absent where no sheet was asked for. */
  readonly factScore?: number;
};

export type SummaryVerdict =
  | { readonly isGood: true; readonly verification: SummaryVerification }
  | {
      readonly isGood: false;
      readonly failure: SummaryFailure;
      /** Given where sections are missing and so few that the summary may be used if no better one comes. */
      readonly candidate?: SummaryVerification;
    };

/** Tokens for a heading and the least that could be said under it: below it, headings are not asked for. */
const tokensForSection = 15;

/** Whether a model's answer is a summary. An error, a refusal, an echo or a loop never is. */
export function judgeSummary(subject: SummarySubject): SummaryVerdict {
  const sections = findSections(subject.text, subject.sections);
  for (const { errorType, kind, find } of summaryChecks) {
    const message = find(subject, sections);
    if (message !== undefined) return { isGood: false, failure: { kind, errorType, message } };
  }
  const verification = { sections, checks: summaryChecks.map(({ name }) => name) };
  const { missing, present } = sections;
  const hasRoom = subject.request.maxTokens >= tokensForSection * subject.sections.length;
  if (!subject.requiresSections || !hasRoom || missing.length === 0) return { isGood: true, verification };
  const message = `The summary lacks ${missing.length} of ${subject.sections.length} sections: ${missing.join('; ')}.`;
  return {
    isGood: false,
    failure: { kind: 'incomplete', errorType: 'summary_incomplete', message, missing },
    ...(present.length >= missing.length ? { candidate: verification } : {}),
  };
}
