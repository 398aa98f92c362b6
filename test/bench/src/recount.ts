import { getEncoding } from 'js-tiktoken';
import type { Tiktoken } from 'js-tiktoken';

/** Made when it is first asked for: its table must not stand in the way of a cold start. */
let encoding: Tiktoken | undefined;

/** The tokens of all texts, as an agent counts them that remembers nothing. */
export function recountOf(texts: readonly string[]): number {
  encoding ??= getEncoding('o200k_base');
  let tokens = 0;
  for (const text of texts) tokens += encoding.encode(text, [], []).length;
  return tokens;
}
