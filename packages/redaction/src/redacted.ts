/** `count` is the number of places that were replaced. */
export type RedactedText = { readonly text: string; readonly count: number };
export type RedactedTree<TValue> = { readonly value: TValue; readonly count: number };
