import type { SummaryInfo } from '../result.ts';
import type { SessionState } from '../session-state.ts';
import type { Fact } from './fact.ts';

/** The facts that stand behind a summary: those of the newest splice with it. */
export function factsOfSummary(
  { splices }: Pick<SessionState, 'splices'>,
  summary: Pick<SummaryInfo, 'id'> | undefined,
): readonly Fact[] {
  if (summary === undefined) return [];
  return splices.find((splice) => splice.summary?.id === summary.id)?.facts ?? [];
}
