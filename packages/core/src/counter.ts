/** How a number of tokens was obtained. */
export type Basis = 'provider' | 'tokenizer' | 'estimate';

/** Counts the tokens of a text. Contract: synchronous, deterministic, never throws, at least 0. */
export interface Counter {
  readonly name: string;
  readonly basis: Exclude<Basis, 'provider'>;
  count(text: string): number;
  /** The same count, which stops for breath at each `yield`: the engine asks for it where a text is long. */
  countInSteps?(text: string): Iterator<void, number>;
  /** Gets ready without holding the event loop; the engine waits for it before it counts a new history. */
  prepare?(signal?: AbortSignal): Promise<void>;
}
