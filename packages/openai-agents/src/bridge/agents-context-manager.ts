import { getCurrentSpan } from '@openai/agents-core';
import { createContextKey } from '@opentelemetry/api';
import type { Context, ContextManager } from '@opentelemetry/api';
import type { AgentsTracingBridge } from './agents-tracing-bridge.ts';

const setUnder = createContextKey('clew.agents.set_under');

/**
 * A context manager that knows the SDK's current span, so that the OTel spans that a tool starts nest under the
 * tool's span. `context.setGlobalContextManager(new AgentsContextManager(base, bridge).enable())`.
 *
 * Two things may say what is active: OTel's context and the SDK's own. Whichever was entered last wins: a context is
 * marked with the SDK span under which it was entered, and holds until the SDK moves on to another span.
 */
export class AgentsContextManager implements ContextManager {
  readonly #base: ContextManager;
  readonly #bridge: Pick<AgentsTracingBridge, 'contextOf'>;

  constructor(base: ContextManager, bridge: Pick<AgentsTracingBridge, 'contextOf'>) {
    this.#base = base;
    this.#bridge = bridge;
  }

  active(): Context {
    const base = this.#base.active();
    const span = getCurrentSpan();
    if (span === null || base.getValue(setUnder) === span.spanId) return base;
    return this.#bridge.contextOf(span, base);
  }

  with<TArgs extends unknown[], TFunction extends (...args: TArgs) => ReturnType<TFunction>>(
    context: Context,
    fn: TFunction,
    thisArg?: ThisParameterType<TFunction>,
    ...args: TArgs
  ): ReturnType<TFunction> {
    return this.#base.with(mark(context), fn, thisArg, ...args);
  }

  bind<TTarget>(context: Context, target: TTarget): TTarget {
    return this.#base.bind(mark(context), target);
  }

  enable(): this {
    this.#base.enable();
    return this;
  }

  disable(): this {
    this.#base.disable();
    return this;
  }
}

function mark(context: Context): Context {
  const span = getCurrentSpan();
  return span === null ? context : context.setValue(setUnder, span.spanId);
}
