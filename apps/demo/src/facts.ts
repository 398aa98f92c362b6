import type { Recall } from './script/notebook.ts';

/** One compaction of the session, in tokens of the whole prompt. */
export type CompactionFact = {
  readonly outcome: string;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
};

/** Deliveries of spans. `emitted = delivered + dropped` once everything is flushed. */
export type SpanFacts = { readonly emitted: number; readonly delivered: number; readonly dropped: number };

/** What a session came to: the table for people, and the object of `--json`. */
export type Facts = {
  /** The context window, in tokens. */
  readonly window: number;
  readonly tasks: number;
  /** The whole conversation as the session keeps it, in tokens. */
  readonly historyTokens: number;
  readonly modelCalls: number;
  /** Calls of the model that writes summaries, besides. */
  readonly summaryCalls: number;
  /** The longest prompt that reached the model, in tokens. */
  readonly longestPrompt: number;
  /** Model calls whose prompt was longer than the window. */
  readonly overWindow: number;
  readonly compactions: number;
  readonly compacted: readonly CompactionFact[];
  /** Of the facts that the last task needed, how many its context still held. Offline only. */
  readonly recall?: Recall;
  readonly spans: SpanFacts;
  /** Where the viewer is. */
  readonly url: string;
};
