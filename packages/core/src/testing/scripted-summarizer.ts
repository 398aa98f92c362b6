import type { Summarizer, SummaryDraft, SummaryRequest } from '../summarizer.ts';

/** What the double does when it is called: answer, or fail. */
export type SummarizerStep =
  | SummaryDraft
  | Error
  | ((request: SummaryRequest, signal: AbortSignal) => SummaryDraft | Promise<SummaryDraft>);

/** A strict double: fails on a call that was not scripted, and says which steps were never used. */
export class ScriptedSummarizer implements Summarizer {
  readonly name = 'scripted';
  readonly model = 'scripted-model';
  readonly requests: SummaryRequest[] = [];
  readonly #steps: SummarizerStep[];

  constructor(steps: readonly SummarizerStep[]) {
    this.#steps = [...steps];
  }

  async summarize(request: SummaryRequest, signal: AbortSignal): Promise<SummaryDraft> {
    this.requests.push(request);
    const step = this.#steps.shift();
    if (step === undefined) throw new Error(`Call ${this.requests.length} was not scripted.`);
    if (step instanceof Error) throw step;
    return typeof step === 'function' ? step(request, signal) : step;
  }

  /** @throws where a scripted step was never used */
  assertComplete(): void {
    if (this.#steps.length > 0)
      throw new Error(`${this.#steps.length} scripted summaries were never asked for.`);
  }
}
