import { digestSummary } from '../digest-summary.ts';
import type { SummaryInfo } from '../result.ts';
import { proseOf } from '../summary-block.ts';
import type { SummarizeInput } from './summarize-input.ts';
import type { SummaryRequest } from '../summarizer.ts';
import { createdStep } from './created-step.ts';
import { finishSummary } from './finish-summary.ts';
import type { Stage } from './split-in-stages.ts';
import { summaryInfo } from './summary-info.ts';

export type PartInput = {
  readonly stage: Stage;
  readonly part: NonNullable<SummaryRequest['part']>;
  /** The summary of what came before it. */
  readonly before: SummaryInfo | undefined;
  readonly attempt: number;
};

/** The least of a summary's limit that one part must have to stand by itself. */
const minRoomRatio = 0.25;

/**
 * The summary so far with a part that no model would summarise, taken from its items word for word and labelled so.
 * Where there is no room for it, the whole becomes a digest, which fits.
 */
export function digestPart<TItem>(
  input: SummarizeInput<TItem>,
  { stage, part, before, attempt }: PartInput,
): SummaryInfo | undefined {
  const { engine, weigher, maxTokens, observer, previous } = input;
  const startedAt = engine.now();
  const { entries } = stage;
  const label = `Part ${part.number} of ${part.count}, word for word (no model has summarised it)`;
  const prose = before && proseOf(before);
  const room = maxTokens - weigher.text(`${prose ?? ''}\n\n# ${label}\n`);
  const isApart = prose !== undefined && room >= maxTokens * minRoomRatio;
  const digest = digestSummary(
    entries,
    isApart ? undefined : prose,
    isApart ? room : maxTokens,
    weigher.text,
    input.book?.hasRoom,
  );
  const text = isApart && digest !== '' ? `${prose}\n\n# ${label}\n${digest}` : digest;
  const finish = (made: SummaryInfo) => (part.number === part.count ? finishSummary(input, made) : made);
  if (text === '') return before && finish(before);
  const summary = finish(summaryInfo({ newId: engine.newId, previous, weigher }, text));
  const step = createdStep({
    strategy: engine.policy.strategy,
    method: 'digest',
    entries,
    hiddenTokens: 0,
    attempt,
    model: undefined,
    part,
    summary,
  });
  observer.tell({ ...step, startedAt, endedAt: engine.now() });
  return summary;
}
