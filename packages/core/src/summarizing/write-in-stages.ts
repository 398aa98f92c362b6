import type { Entry } from '../entry.ts';
import { createBreather } from '../in-slices.ts';
import type { SummaryInfo } from '../result.ts';
import type { SummarizeInput } from './summarize-input.ts';
import type { SummaryRequest } from '../summarizer.ts';
import { createdStep } from './created-step.ts';
import { digestPart } from './digest-part.ts';
import { finishSummary } from './finish-summary.ts';
import type { Attempt, SummaryFailure } from './failure.ts';
import { singleStage, splitInStages } from './split-in-stages.ts';
import type { Stage } from './split-in-stages.ts';
import { capacityOf, stageRequest, textTokens } from './stage-request.ts';
import { summaryInfo } from './summary-info.ts';
import { writeSummary } from './write-summary.ts';
import type { WriteOutcome } from './write-summary.ts';

export type StagedSummary = {
  /** Absent where no part could be summarised. */
  readonly summary: SummaryInfo | undefined;
  /** Calls of a model. */
  readonly attempts: number;
  readonly stageCount: number;
  /** Parts that are in the summary word for word, since no model would summarise them. */
  readonly digestedCount: number;
};

/** How often what a provider found too long is split again, in one run. */
const maxSplits = 2;

/**
 * The summary of what leaves, by the model: in one request where that holds it all; else part by part in the order
 * of time, the summary so far carried from each to the next. A part that no model would summarise becomes a digest,
 * where the ladder allows for one.
 */
export async function writeInStages<TItem>(input: SummarizeInput<TItem>): Promise<StagedSummary> {
  const { engine, previous, maxTokens } = input;
  const { policy } = engine;
  const items = input.entries.filter(({ isSummary }) => !isSummary);
  const deadlineAt = engine.now() + engine.summaryTotalMillis;
  let capacityTokens = capacityOf(input, engine.summarizer, previous);
  const breathe = createBreather();
  await breathe();
  const queue = [...stagesOf(input, items, capacityTokens)];
  const { strategy } = policy;
  // Who answered is asked first for the next part.
  let summarizer = 0;
  let before = previous;
  let [attempts, written, digested, splits] = [0, 0, 0, 0];
  let isHopeless = false;
  for (let stage = queue.shift(); stage !== undefined; stage = queue.shift()) {
    const number = written + digested + 1;
    const part: Part = queue.length + number === 1 ? undefined : { number, count: number + queue.length };
    const first: Attempt = { summarizer, strategy, maxTokens, missing: [] };
    const context = { stage, part, before, first, attempts, deadlineAt, canSplit: splits < maxSplits };
    await breathe();
    const outcome: WriteOutcome | undefined = isHopeless ? undefined : await writeStage(input, context);
    attempts += outcome?.attempts ?? 0;
    if (outcome?.written !== undefined) {
      written += 1;
      before = outcome.written.summary;
      summarizer = outcome.written.attempt.summarizer;
    } else if (isTooBig(outcome?.failure, context)) {
      splits += 1;
      capacityTokens = Math.floor(capacityTokens / 2);
      queue.unshift(...stagesOf(input, stage.entries, capacityTokens));
    } else {
      isHopeless ||= outcome?.failure?.kind === 'permanent' || engine.now() >= deadlineAt;
      if (part === undefined || (isHopeless && written === 0) || !policy.ladder.includes('digest')) {
        return { summary: undefined, attempts, stageCount: number, digestedCount: digested };
      }
      digested += 1;
      before = digestPart(input, { stage, part, before, attempt: attempts });
    }
  }
  const summary = written === 0 ? undefined : before;
  return { summary, attempts, stageCount: written + digested, digestedCount: digested };
}

type Part = SummaryRequest['part'];
type StageContext = {
  readonly stage: Stage;
  readonly part: Part;
  readonly before: SummaryInfo | undefined;
  readonly first: Attempt;
  readonly attempts: number;
  readonly deadlineAt: number;
  readonly canSplit: boolean;
};

function stagesOf<TItem>(
  input: SummarizeInput<TItem>,
  entries: readonly Entry<unknown>[],
  capacityTokens: number,
): readonly Stage[] {
  const { ladder, summaryMaxStages: maxStages } = input.engine.policy;
  const about = { entries, capacityTokens, tokensOf: textTokens(input) };
  return ladder.includes('stages') ? splitInStages({ ...about, maxStages }) : [singleStage(about)];
}

function writeStage<TItem>(input: SummarizeInput<TItem>, context: StageContext): Promise<WriteOutcome> {
  const { engine, observer, signal, previous, weigher } = input;
  const { stage, part, before, first, attempts, deadlineAt } = context;
  const summarizers = [engine.summarizer ?? [], engine.fallbackSummarizers].flat();
  const stageTokens = stage.entries.reduce((sum, { tokens }) => sum + tokens, 0);
  return writeSummary({
    engine,
    summarizers,
    observer,
    signal,
    deadlineAt,
    first,
    attemptsBefore: attempts,
    part,
    requestFor: (attempt) =>
      stageRequest(input, stage, { before, part, attempt, summarizer: summarizers[attempt.summarizer] }),
    infoOf: (text) => summaryInfo({ newId: engine.newId, previous, weigher }, text),
    finish: (summary) =>
      part === undefined || part.number === part.count ? finishSummary(input, summary) : summary,
    sourceTokens: stageTokens + (before?.tokens ?? 0),
    whenStopped: (failure) =>
      isTooBig(failure, context)
        ? 'retry-smaller'
        : part !== undefined && engine.policy.ladder.includes('digest')
          ? 'digest-part'
          : 'pruning-only',
    created: ({ summary, attempt, model, hiddenTokens }, number) =>
      createdStep({
        strategy: attempt.strategy,
        method: 'model',
        entries: part === undefined ? input.entries : stage.entries,
        hiddenTokens,
        attempt: number,
        model,
        part,
        summary,
      }),
  });
}

function isTooBig(failure: SummaryFailure | undefined, { canSplit }: StageContext): boolean {
  return canSplit && failure?.kind === 'overflow';
}
