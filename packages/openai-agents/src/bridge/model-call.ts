import { createContextKey } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { Usage } from '@clew/core';

const key = createContextKey('clew.model_call');

/** What a call came to. `usage` is absent where it failed or the provider told none. */
export type ModelCallResult = { readonly usage?: Usage | undefined; readonly isRefused?: boolean };

/**
 * One call of the inner model, as the seam knows it. It travels in the OTel context to the span of that call, which
 * would otherwise not know its model, usage and refusal: the SDK leaves them out of its own span when content is excluded.
 */
export class ModelCall {
  readonly model: string | undefined;
  #result: ModelCallResult | undefined;
  readonly #waiting: ((result: ModelCallResult) => void)[] = [];

  constructor(model: string | undefined) {
    this.model = model;
  }

  /** Runs `listener` when the call is over, at once where it is. */
  whenSettled(listener: (result: ModelCallResult) => void): void {
    if (this.#result === undefined) this.#waiting.push(listener);
    else listener(this.#result);
  }

  /** The call is over. The first settlement counts. */
  settle(result: ModelCallResult = {}): void {
    if (this.#result !== undefined) return;
    this.#result = result;
    for (const listener of this.#waiting.splice(0)) listener(result);
  }
}

export function withModelCall(context: Context, call: ModelCall): Context {
  return context.setValue(key, call);
}

export function modelCallOf(context: Context): ModelCall | undefined {
  const value = context.getValue(key);
  return value instanceof ModelCall ? value : undefined;
}
