import { CompactError } from '../errors.ts';
import type { Summarizer, SummaryDraft, SummaryRequest } from '../summarizer.ts';

/** What the double does when it is called: answer, or fail. */
export type SummarizerStep =
  | SummaryDraft
  | Error
  | ((request: SummaryRequest, signal: AbortSignal) => SummaryDraft | Promise<SummaryDraft>);

export type ScriptedSummarizerOptions = {
  readonly model?: string;
  readonly maxInputTokens?: number;
};

/** A strict double: fails on a call that was not scripted, and says which steps were never used. */
export class ScriptedSummarizer implements Summarizer {
  readonly name = 'scripted';
  readonly model: string;
  /** So large by default that nothing is summarised in stages. */
  readonly maxInputTokens: number;
  readonly requests: SummaryRequest[] = [];
  readonly #steps: SummarizerStep[];

  constructor(
    steps: readonly SummarizerStep[],
    { model = 'scripted-model', maxInputTokens = 10_000_000 }: ScriptedSummarizerOptions = {},
  ) {
    this.#steps = [...steps];
    this.model = model;
    this.maxInputTokens = maxInputTokens;
  }

  async summarize(request: SummaryRequest, signal: AbortSignal): Promise<SummaryDraft> {
    this.requests.push(request);
    const step = this.#steps.shift();
    if (step === undefined) {
      // Misuse, so that the engine does not try again.
      const message = `Call ${this.requests.length} was not scripted.`;
      throw new CompactError({ code: 'invalid_options', message });
    }
    if (step instanceof Error) throw step;
    return typeof step === 'function' ? step(request, signal) : step;
  }

  /** @throws where a scripted step was never used */
  assertComplete(): void {
    if (this.#steps.length > 0)
      throw new Error(`${this.#steps.length} scripted summaries were never asked for.`);
  }
}
