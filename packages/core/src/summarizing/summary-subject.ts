import type { SummaryRequest } from '../summarizer.ts';

/** What is known of a model's answer when it is judged. */
export type SummarySubject = {
  readonly text: string;
  readonly request: SummaryRequest;
  /** What the summary would weigh in the context, in tokens. */
  readonly tokens: number;
  /** What it stands for, the previous summary included, in tokens. */
  readonly sourceTokens: number;
  /** The model stopped because it had said all that it was allowed to. */
  readonly isTruncated: boolean;
  /** What the strategy asks for. */
  readonly sections: readonly string[];
  /** The strategy's example, which a model may copy. */
  readonly example: string;
  readonly requiresSections: boolean;
};
