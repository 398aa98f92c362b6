import type { Model, ModelProvider } from '@openai/agents-core';
import { defaultModelProvider } from './default-model-provider.ts';
import { seamOf, withSeam } from './seam/compacting-model.ts';
import type { SeamOptions } from './seam/seam-options.ts';

export type CompactingProviderOptions = SeamOptions & {
  /** Where the models come from. Default: the SDK's default provider, looked up when the first model is asked for. */
  readonly provider?: ModelProvider | undefined;
};

/**
 * A model provider whose models ask the engine before each call what to send.
 *
 * Sessions, `result.history` and the run's state keep the whole history: only the model sees less. The engine's
 * failure never becomes the run's: the request then goes out as it came.
 */
export function compactingProvider({
  provider = defaultModelProvider(),
  ...options
}: CompactingProviderOptions): ModelProvider {
  const seam = seamOf(options);
  const wrapped = new WeakMap<Model, Map<string | undefined, Model>>();
  const wrap = (model: Model, modelName: string | undefined): Model => {
    const byName = wrapped.get(model) ?? new Map<string | undefined, Model>();
    wrapped.set(model, byName);
    const known = byName.get(modelName) ?? withSeam(model, modelName, seam);
    byName.set(modelName, known);
    return known;
  };

  return {
    getModel(modelName): Model | Promise<Model> {
      const model = provider.getModel(modelName);
      // The runner writes the empty name where an agent has no model of its own.
      const name = modelName === '' ? undefined : modelName;
      return model instanceof Promise ? model.then((found) => wrap(found, name)) : wrap(model, name);
    },
  };
}
