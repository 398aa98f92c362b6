import type { Attempt } from './failure.ts';
import type { SummaryInfo } from '../result.ts';
import type { SummaryVerification } from './judge-summary.ts';

/** A summary that stood up to the checks, and where it came from. */
export type Written = {
  readonly summary: SummaryInfo & { readonly verification: SummaryVerification };
  readonly attempt: Attempt;
  readonly model: string | undefined;
  /** Tokens of its items that the model was not shown. */
  readonly hiddenTokens: number;
};

/** The one that lacks fewer sections; the newer where they are alike. */
export function better(older: Written | undefined, newer: Written | undefined): Written | undefined {
  if (older === undefined || newer === undefined) return newer ?? older;
  const lacking = ({ summary }: Written) => summary.verification.sections.missing.length;
  return lacking(newer) <= lacking(older) ? newer : older;
}
