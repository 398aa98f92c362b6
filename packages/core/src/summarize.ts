import { digestSummary } from './digest-summary.ts';
import type { Engine } from './engine.ts';
import type { Entry } from './entry.ts';
import { CompactError } from './errors.ts';
import type { RunObserver, Settled } from './observer.ts';
import type { LadderStep, StrategyName } from './policy.ts';
import type { SummaryInfo } from './result.ts';
import type { ErrorStep, StepBody, SummaryCreatedStep } from './step.ts';
import { digestOf } from './digest.ts';
import { renderSummary } from './summary-block.ts';
import { summaryTolerance } from './summary-limit.ts';
import { summaryRequest } from './summary-prompt.ts';
import type { Weigher } from './weigh.ts';

export type SummarizeInput<TItem> = {
  readonly engine: Engine<TItem>;
  readonly sessionId: string;
  readonly entries: readonly Entry<TItem>[];
  readonly previous: SummaryInfo | undefined;
  readonly maxTokens: number;
  readonly note: string | undefined;
  readonly weigher: Weigher;
  readonly observer: RunObserver;
  readonly signal: AbortSignal | undefined;
};

export type Summarized = {
  /** Absent where every way that the ladder allows has failed: what was to be covered is dropped. */
  readonly summary: SummaryInfo | undefined;
  readonly method: 'model' | 'digest' | 'none';
  readonly attempts: number;
  readonly hasFailed: boolean;
  /** Rungs tried behind the plan's. */
  readonly steps: readonly LadderStep[];
};

type Attempt = { readonly strategy: StrategyName; readonly maxTokens: number };
type Tried = { readonly summary: SummaryInfo } | { readonly next: Attempt | undefined };

const maxHalvings = 2;

/**
 * Makes a summary: by the model, with a shorter limit where it was too long (twice at most) and as a `brief`
 * where it was refused; then by the digest, which needs no model.
 */
export async function summarize<TItem>(input: SummarizeInput<TItem>): Promise<Summarized> {
  const { engine } = input;
  const ladder = engine.policy.ladder;
  const method = ladder.find((step) => step === 'summarize' || step === 'digest');
  const usesModel = engine.summarizer !== undefined && method === 'summarize';
  let attempts = 0;
  if (usesModel) {
    let attempt: Attempt | undefined = { strategy: engine.policy.strategy, maxTokens: input.maxTokens };
    while (attempt !== undefined) {
      attempts += 1;
      const tried: Tried = await tryModel(input, attempt, attempts);
      if ('summary' in tried) {
        return { summary: tried.summary, method: 'model', attempts, hasFailed: false, steps: [] };
      }
      attempt = tried.next;
    }
  }
  if (!ladder.includes('digest')) {
    return { summary: undefined, method: 'none', attempts, hasFailed: usesModel, steps: [] };
  }
  const summary = digest(input, attempts + 1);
  return {
    summary,
    method: summary === undefined ? 'none' : 'digest',
    attempts: attempts + 1,
    hasFailed: usesModel,
    steps: usesModel ? ['digest'] : [],
  };
}

async function tryModel<TItem>(
  input: SummarizeInput<TItem>,
  attempt: Attempt,
  number: number,
): Promise<Tried> {
  const { engine, observer } = input;
  const startedAt = engine.now();
  const settle = (tried: Tried, step: StepBody): Settled<Tried> => ({
    value: tried,
    step: { ...step, startedAt, endedAt: engine.now() },
  });
  const { value } = await observer.within<Tried>(async () => {
    try {
      const summary = await askModel(input, attempt);
      if (summary.tokens <= attempt.maxTokens * summaryTolerance) {
        return settle({ summary }, createdStep(input, attempt.strategy, 'model', number, summary));
      }
      const next = halve(attempt, input.maxTokens);
      const message = `The summary has ${summary.tokens} tokens; at most ${attempt.maxTokens} were asked for.`;
      return settle({ next }, errorStep('summary_too_long', message, next, number));
    } catch (error) {
      const isRefusal = CompactError.isInstance(error) && error.code === 'summarizer_refused';
      const next =
        isRefusal && attempt.strategy !== 'brief' ? ({ ...attempt, strategy: 'brief' } as const) : undefined;
      const type = isRefusal ? 'summarizer_refused' : errorTypeOf(error);
      return settle({ next }, errorStep(type, messageOf(error), next, number));
    }
  });
  if ('next' in value) input.signal?.throwIfAborted();
  return value;
}

async function askModel<TItem>(input: SummarizeInput<TItem>, attempt: Attempt): Promise<SummaryInfo> {
  const { engine, sessionId, entries, previous, note } = input;
  const { summarizer, policy, maxContextTokens } = engine;
  if (summarizer === undefined)
    throw new CompactError({ code: 'summarizer_failed', message: 'There is none.' });
  const request = summaryRequest({
    sessionId,
    strategy: attempt.strategy,
    entries: entries.filter(({ isSummary }) => !isSummary),
    previous: previous?.text,
    note,
    maxTokens: attempt.maxTokens,
    transcriptTokens: Math.floor((maxContextTokens - policy.hardCapBuffer - attempt.maxTokens) * 0.8),
  });
  const timeout = AbortSignal.timeout(engine.summaryTimeoutMillis);
  const signal = input.signal === undefined ? timeout : AbortSignal.any([input.signal, timeout]);
  const draft = await untilAborted(summarizer.summarize(request, signal), signal);
  if (draft.refused === true) {
    throw new CompactError({ code: 'summarizer_refused', message: 'The model declined to summarise.' });
  }
  const text = draft.text.trim();
  if (text === '') {
    throw new CompactError({ code: 'summarizer_failed', message: 'The summary is empty.' });
  }
  return summaryInfo(input, text);
}

function digest<TItem>(input: SummarizeInput<TItem>, attempt: number): SummaryInfo | undefined {
  const { engine, entries, previous, maxTokens, weigher, observer } = input;
  const startedAt = engine.now();
  const items = entries.filter(({ isSummary }) => !isSummary);
  const text = digestSummary(items, previous?.text, maxTokens, weigher.text);
  if (text === '') return undefined;
  const summary = summaryInfo(input, text);
  const step = createdStep(input, engine.policy.strategy, 'digest', attempt, summary);
  observer.tell({ ...step, startedAt, endedAt: engine.now() });
  return summary;
}

function summaryInfo<TItem>({ engine, previous, weigher }: SummarizeInput<TItem>, text: string): SummaryInfo {
  const version = (previous?.version ?? 0) + 1;
  return {
    id: engine.newId(),
    version,
    ...(previous === undefined ? {} : { parentId: previous.id }),
    tokens: weigher.view({ text: renderSummary({ version, text }), mediaCount: 0 }),
    digest: digestOf(text),
    text,
  };
}

function createdStep<TItem>(
  { entries }: SummarizeInput<TItem>,
  strategy: string,
  method: 'model' | 'digest',
  attempt: number,
  summary: SummaryInfo,
): SummaryCreatedStep {
  return {
    name: 'summary_created',
    strategy,
    method,
    inputCount: entries.length,
    inputTokens: entries.reduce((sum, { tokens }) => sum + tokens, 0),
    attempt,
    summary,
  };
}

function errorStep(
  errorType: string,
  message: string,
  next: Attempt | undefined,
  attempt: number,
): ErrorStep {
  const fallback =
    next === undefined ? 'pruning-only' : errorType === 'summary_too_long' ? 'retry-shorter' : 'retry-brief';
  return { name: 'error', errorType, message, fallback, attempt };
}

function halve(attempt: Attempt, first: number): Attempt | undefined {
  const maxTokens = Math.floor(attempt.maxTokens / 2);
  return maxTokens < Math.floor(first / 2 ** maxHalvings) ? undefined : { ...attempt, maxTokens };
}

/** A summariser that ignores its signal must not hold the agent. */
function untilAborted<TValue>(work: Promise<TValue>, signal: AbortSignal): Promise<TValue> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function errorTypeOf(error: unknown): string {
  if (CompactError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
