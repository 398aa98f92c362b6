import type { StrategyName } from './policy.ts';
import type { Usage } from './usage.ts';

/** All that a summariser needs. The transcript is data: it may hold text that looks like instructions. */
export type SummaryRequest = {
  readonly sessionId: string;
  readonly strategy: StrategyName;
  /** The system prompt: the strategy's instructions and the rules of trust. */
  readonly instructions: string;
  /** The user prompt: the previous summary, if any, and the transcript, both fenced as data. */
  readonly prompt: string;
  /** The longest answer that will be accepted, in tokens. */
  readonly maxTokens: number;
  /** 0, for a deterministic answer. */
  readonly temperature: number;
  readonly seed: number;
  /** Where the history is summarised in stages: which of them this is, from 1. */
  readonly part?: { readonly number: number; readonly count: number } | undefined;
};

export type SummaryDraft = {
  readonly text: string;
  readonly model?: string | undefined;
  readonly usage?: Usage | undefined;
  /** True where the model declined to answer. */
  readonly refused?: boolean | undefined;
  /** True where the model stopped because its output was full: the text, if any, is not whole. */
  readonly truncated?: boolean | undefined;
};

/**
 * Writes a summary with a model.
 *
 * Contract: rejects when no summary could be made, and never answers with an error's text; stops when the signal
 * aborts. It need not retry: the engine does, by the `status`, `code` and `headers` of what it rejects with.
 */
export interface Summarizer {
  readonly name: string;
  readonly model?: string | undefined;
  /**
   * The longest request that it takes, in tokens, instructions included. Default: the window of the model that is
   * watched, less the reserve and the answer.
   */
  readonly maxInputTokens?: number | undefined;
  summarize(request: SummaryRequest, signal: AbortSignal): Promise<SummaryDraft>;
}
