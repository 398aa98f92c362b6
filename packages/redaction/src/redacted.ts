/** `count` is the number of places that were replaced. */
export type RedactedText = { readonly text: string; readonly count: number };
export type RedactedTree<TValue> = { readonly value: TValue; readonly count: number };

/** What every rule needs to know. */
export type Replacing = {
  readonly replacement: string;
  /** Whether what a rule found may stay. */
  readonly isAllowed: (found: string) => boolean;
};
