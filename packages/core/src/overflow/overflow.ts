/** What a provider's refusal says of a prompt that was too long. Absent is what it did not say. */
export type Overflow = {
  /** What was recognised: the name of a wording, an error code, or `status_413`. */
  readonly pattern: string;
  /** What was too long: the prompt in tokens, the request in bytes, or one text of it. */
  readonly kind: OverflowKind;
  /** The model's window, in tokens, as the provider counts it: prompt and answer share it where it is a window. */
  readonly limitTokens?: number;
  /** The refused prompt as the provider counted it, in tokens. */
  readonly promptTokens?: number;
  /** What the request reserved for the answer, where that was counted against the window. */
  readonly outputTokens?: number;
};

export type OverflowKind = 'tokens' | 'bytes' | 'text';

/** What the prompt may weigh by the provider's words: the window less what was reserved for the answer. */
export function promptLimitOf({ limitTokens, outputTokens = 0 }: Overflow): number | undefined {
  return limitTokens === undefined ? undefined : limitTokens - outputTokens;
}

/** A prompt was refused, and this is what to try now. Told to `preflight`, which then compacts in any case. */
export type OverflowAttempt = {
  /** What the provider said, where somebody has read it. */
  readonly overflow?: Overflow | undefined;
  /** From 1. */
  readonly attempt: number;
  /** What is tried, for the record. */
  readonly step: string;
  /** Aim for this share of the target. */
  readonly aimShare: number;
  /** What the model has not read yet may take this share of the budget; the rest of it is cut. */
  readonly unreadShare: number;
  /** A tool result over this size is cut, where the policy does not say less. */
  readonly trimToolResultTokens?: number | undefined;
};
