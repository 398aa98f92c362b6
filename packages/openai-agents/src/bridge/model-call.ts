import { createContextKey } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { Usage } from '@clew/core';

const key = createContextKey('clew.model_call');

/**
 * One call of the inner model, as the seam knows it. It travels in the OTel context to the span of that call, which
 * would otherwise not know its model and usage: the SDK leaves both out of its own span when content is excluded.
 */
export class ModelCall {
  readonly model: string | undefined;
  #settled = false;
  #usage: Usage | undefined;
  readonly #waiting: ((usage: Usage | undefined) => void)[] = [];

  constructor(model: string | undefined) {
    this.model = model;
  }

  /** Runs `listener` when the call is over, at once where it is. */
  whenSettled(listener: (usage: Usage | undefined) => void): void {
    if (this.#settled) listener(this.#usage);
    else this.#waiting.push(listener);
  }

  /** The call is over. `usage` is absent where it failed or the provider told none. The first settlement counts. */
  settle(usage?: Usage): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#usage = usage;
    for (const listener of this.#waiting.splice(0)) listener(usage);
  }
}

export function withModelCall(context: Context, call: ModelCall): Context {
  return context.setValue(key, call);
}

export function modelCallOf(context: Context): ModelCall | undefined {
  const value = context.getValue(key);
  return value instanceof ModelCall ? value : undefined;
}
