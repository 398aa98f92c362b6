import type { Entry } from '../entry.ts';
import type { SummaryInfo } from '../result.ts';
import type { SummaryCreatedStep } from '../step.ts';

export type Creation = {
  readonly strategy: string;
  readonly method: SummaryCreatedStep['method'];
  /** What the summary, or its part, was made of. */
  readonly entries: readonly Entry<unknown>[];
  /** Tokens of it that whoever wrote it did not see. */
  readonly hiddenTokens: number;
  readonly attempt: number;
  readonly model: string | undefined;
  readonly part: SummaryCreatedStep['part'] | undefined;
  readonly summary: SummaryInfo;
};

export function createdStep(creation: Creation): SummaryCreatedStep {
  const { strategy, method, entries, hiddenTokens, attempt, model, part, summary } = creation;
  const inputTokens = entries.reduce((sum, { tokens }) => sum + tokens, 0);
  return {
    name: 'summary_created',
    strategy,
    method,
    inputCount: entries.length,
    inputTokens,
    shownTokens: Math.max(0, inputTokens - hiddenTokens),
    attempt,
    ...(model === undefined ? {} : { model }),
    ...(part === undefined ? {} : { part }),
    summary,
  };
}
