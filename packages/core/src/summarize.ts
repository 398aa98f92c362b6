import { digestSummary } from './digest-summary.ts';
import { oneLine } from './facts/one-line.ts';
import type { Outcome } from './outcome.ts';
import type { LadderStep } from './policy.ts';
import type { SummaryInfo } from './result.ts';
import { proseOf } from './summary-block.ts';
import { createdStep } from './summarizing/created-step.ts';
import { finishSummary } from './summarizing/finish-summary.ts';
import type { SummarizeInput } from './summarizing/summarize-input.ts';
import { summaryInfo } from './summarizing/summary-info.ts';
import { writeInStages } from './summarizing/write-in-stages.ts';

export type Summarized = {
  /** Absent where every way that the ladder allows has failed: what was to be covered is dropped. */
  readonly summary: SummaryInfo | undefined;
  readonly method: 'model' | 'digest' | 'none';
  readonly attempts: number;
  /** A model was asked and did not do all that it was asked for. */
  readonly hasFailed: boolean;
  /** Rungs tried behind the plan's. */
  readonly steps: readonly LadderStep[];
};

/** How a run ends by what came of its summary. */
export function outcomeOf(summarized: Summarized | undefined): Outcome {
  if (summarized === undefined) return 'pruned_only';
  if (summarized.hasFailed) return 'fallback';
  return summarized.summary === undefined ? 'pruned_only' : 'compacted';
}

/** Makes a summary: by the model, where there is one and the ladder says so; else by the digest, which needs none. */
export async function summarize<TItem>(input: SummarizeInput<TItem>): Promise<Summarized> {
  const { engine } = input;
  const { ladder } = engine.policy;
  const method = ladder.find((step) => step === 'summarize' || step === 'digest');
  const usesModel = engine.summarizer !== undefined && method === 'summarize';
  const staged = usesModel ? await writeInStages(input) : undefined;
  const attempts = staged?.attempts ?? 0;
  const steps: readonly LadderStep[] = staged !== undefined && staged.stageCount > 1 ? ['stages'] : [];
  if (staged?.summary !== undefined) {
    const hasFailed = staged.digestedCount > 0;
    const all = hasFailed ? [...steps, 'digest' as const] : steps;
    return { summary: staged.summary, method: 'model', attempts, hasFailed, steps: all };
  }
  if (!ladder.includes('digest')) {
    return { summary: undefined, method: 'none', attempts, hasFailed: usesModel, steps };
  }
  const summary = digest(input, attempts + 1);
  return {
    summary,
    method: summary === undefined ? 'none' : 'digest',
    attempts: attempts + 1,
    hasFailed: usesModel,
    steps: usesModel ? [...steps, 'digest'] : [],
  };
}

/** What a caller asks to be minded is said in the digest as it is: there is no model to mind it. */
const noteCharacters = 400;

function digest<TItem>(input: SummarizeInput<TItem>, attempt: number): SummaryInfo | undefined {
  const { engine, entries, previous, maxTokens, weigher, observer } = input;
  const startedAt = engine.now();
  const items = entries.filter(({ isSummary }) => !isSummary);
  const wish = input.note === undefined ? '' : `## To be minded\n- ${oneLine(input.note, noteCharacters)}\n`;
  const said = digestSummary(
    items,
    previous && proseOf(previous),
    Math.max(0, maxTokens - (wish === '' ? 0 : weigher.text(wish))),
    weigher.text,
    input.book?.hasRoom,
  );
  const text = said === '' ? '' : `${wish}${said}`;
  if (text === '') return undefined;
  const summary = finishSummary(input, summaryInfo({ newId: engine.newId, previous, weigher }, text));
  const step = createdStep({
    strategy: engine.policy.strategy,
    method: 'digest',
    entries,
    hiddenTokens: 0,
    attempt,
    model: undefined,
    part: undefined,
    summary,
  });
  observer.tell({ ...step, startedAt, endedAt: engine.now() });
  return summary;
}
