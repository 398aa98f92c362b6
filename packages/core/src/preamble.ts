import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';

/** What is sent before the items with every call. */
export type Preamble = {
  /** Empty where there are none. */
  readonly instructions: string;
  /** As JSON; empty where there are none. */
  readonly tools: string;
  readonly digest: string;
};

/** @param before that of the call before, where it is known: mostly it is the same, and is not hashed again */
export function preambleOf(
  request: { readonly instructions?: string | undefined; readonly tools?: unknown },
  before: Preamble | undefined,
): Preamble {
  const { instructions = '' } = request;
  const tools = request.tools === undefined ? '' : canonicalJson(request.tools);
  if (before?.instructions === instructions && before.tools === tools) return before;
  return { instructions, tools, digest: digestOf(`${instructions.length}:${instructions}${tools}`) };
}
