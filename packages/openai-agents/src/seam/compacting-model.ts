import type { Model, ModelRequest, ModelResponse, StreamEvent } from '@openai/agents-core';
import { context } from '@opentelemetry/api';
import { reporter, safelyReporting } from '../safely.ts';
import { interceptModel } from './intercept-model.ts';
import { iterateWithin } from './iterate-within.ts';
import { ModelExchange } from './model-exchange.ts';
import { RequestPreparer } from './request-preparer.ts';
import type { SeamOptions } from './seam-options.ts';

export type CompactingModelOptions = SeamOptions & {
  readonly model: Model;
  /** What the model is called: for the engine's token counts, and for its span. */
  readonly modelName?: string | undefined;
};

/**
 * A model whose every call is preceded by a preflight of the engine. For an agent that is given a `Model` instance;
 * where models are named, wrap their provider with `compactingProvider`, as the runner then keeps the settings that
 * it derives from a model's name.
 */
export function compactingModel({ model, modelName, ...options }: CompactingModelOptions): Model {
  return withSeam(model, modelName, seamOf(options));
}

/** What all models of a provider share. */
export type Seam = { readonly options: SeamOptions; readonly preparer: RequestPreparer };

export function seamOf(options: SeamOptions): Seam {
  return { options, preparer: new RequestPreparer(options, reporterOf(options)) };
}

export function withSeam(model: Model, modelName: string | undefined, { options, preparer }: Seam): Model {
  const safely = safelyReporting(reporterOf(options));
  const open = async (request: ModelRequest): Promise<{ exchange: ModelExchange; sent: ModelRequest }> => {
    const prepared = await preparer.prepare(request, modelName);
    const { input } = prepared;
    return {
      exchange: new ModelExchange(request, { model: modelName, prepared, safely }, options),
      // What the engine left alone is the runner's own request, which retry advice may know by identity.
      sent: input === request.input ? request : { ...request, input },
    };
  };

  return interceptModel(model, {
    async getResponse(request): Promise<ModelResponse> {
      const { exchange, sent } = await open(request);
      try {
        const response = await context.with(exchange.context, async () => model.getResponse(sent));
        exchange.answered(response);
        return response;
      } catch (error) {
        exchange.failed(error);
        throw error;
      }
    },

    async *getStreamedResponse(request): AsyncGenerator<StreamEvent, void, undefined> {
      const { exchange, sent } = await open(request);
      try {
        for await (const event of iterateWithin(exchange.context, () => model.getStreamedResponse(sent))) {
          if (event.type === 'response_done') exchange.answered(event.response);
          yield event;
        }
      } catch (error) {
        exchange.failed(error);
        throw error;
      } finally {
        exchange.over();
      }
    },
  });
}

function reporterOf({ onError }: SeamOptions): (error: unknown) => void {
  return reporter(onError, 'Compaction was left out of a model call');
}
