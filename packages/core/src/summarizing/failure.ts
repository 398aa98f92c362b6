import type { StrategyName } from '../policy.ts';

/** What can go wrong with one try, by what may help. */
export const failureKinds = [
  /** The network, a limit on the rate, a provider in trouble: it may pass. */
  'transient',
  /** One try took all the time that a try has. */
  'timeout',
  /** The same request would fail again: a key, a quota, a request that is not understood, a defect. */
  'permanent',
  /** The request does not fit the summariser's window. */
  'overflow',
  'refused',
  'too_long',
  /** What came is no summary. */
  'unusable',
  /** Sections of the strategy are missing. */
  'incomplete',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export type SummaryFailure = {
  readonly kind: FailureKind;
  /** Of `compact.error`. */
  readonly errorType: string;
  readonly message: string;
  /** What the provider asked to wait. */
  readonly retryAfterMillis?: number;
  /** The sections that are missing. */
  readonly missing?: readonly string[];
};

/** What one try asks for. */
export type Attempt = {
  /** Position in the list of summarisers. */
  readonly summarizer: number;
  readonly strategy: StrategyName;
  readonly maxTokens: number;
  /** Sections that the try before left out, to be named in the request. */
  readonly missing: readonly string[];
};

export type Tried = { readonly attempt: Attempt; readonly failure: SummaryFailure };
