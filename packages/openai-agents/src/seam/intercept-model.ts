import type { Model } from '@openai/agents-core';

/**
 * A model that answers `overrides` itself and everything else from `model`.
 *
 * The SDK looks at more of a model than its interface: its constructor's name, `supportsPromptModelSelection`,
 * `getRetryAdvice`. Methods run on the real model, whose private fields a proxy does not have.
 */
export function interceptModel(
  model: Model,
  overrides: Pick<Model, 'getResponse' | 'getStreamedResponse'>,
): Model {
  const own = new Map<PropertyKey, unknown>(Object.entries(overrides));
  // The proxy's target is empty, so that a frozen model does not forbid other answers than its own.
  const target: Model = Object.create(Object.getPrototypeOf(model));
  return new Proxy(target, {
    get(_target, key) {
      if (own.has(key)) return own.get(key);
      const value: unknown = Reflect.get(model, key, model);
      return typeof value === 'function' && key !== 'constructor' ? value.bind(model) : value;
    },
    set: (_target, key, value) => Reflect.set(model, key, value, model),
    has: (_target, key) => Reflect.has(model, key),
  });
}
