import { CompactError } from '../errors.ts';
import type { Outcome } from '../outcome.ts';

/** One attempt, in tokens as the engine counts them. */
export type Tried = {
  readonly step: string;
  readonly outcome: Outcome;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
};

/** How long a chain of causes may be. */
const maxCauses = 10;

/**
 * Puts what was tried behind a provider's error, as the last of its causes. The error stays the very object and
 * keeps its class, fields and message: handlers and retry advice that know it go on to know it.
 */
export function explainUnrecovered(error: unknown, tried: readonly Tried[]): void {
  let last: unknown = error;
  for (let depth = 0; depth < maxCauses; depth += 1) {
    if (!(last instanceof Error) || CompactError.isInstance(last)) return;
    if (last.cause === undefined || last.cause === null) break;
    last = last.cause;
  }
  if (!(last instanceof Error) || last.cause !== undefined || !Object.isExtensible(last)) return;
  const value = unrecovered(tried);
  // As the language itself sets a cause: printed, and not enumerated.
  Reflect.defineProperty(last, 'cause', { value, writable: true, configurable: true, enumerable: false });
}

function unrecovered(tried: readonly Tried[]): CompactError {
  const said = tried.map(
    ({ step, outcome, tokensBefore, tokensAfter }) =>
      `${step} (${outcome}, ${tokensBefore} to ${tokensAfter} tokens)`,
  );
  return new CompactError({
    code: 'overflow_unrecovered',
    message:
      (said.length === 0
        ? 'The prompt was refused as too long, and no shorter one could be tried. '
        : `The prompt was refused as too long, also after: ${said.join(', ')}. `) +
      'Check maxContextTokens against the window that the provider really has, reserve less for the answer, protect ' +
      'less, send fewer tool schemas, or use a model with a larger window.',
    details: { tried },
  });
}
