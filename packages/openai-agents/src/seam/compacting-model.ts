import type { Model, ModelRequest, ModelResponse, StreamEvent } from '@openai/agents-core';
import { context } from '@opentelemetry/api';
import { reporter, safelyReporting } from '../safely.ts';
import { CompactionAnnouncer } from '../stream/announce-compactions.ts';
import { interceptModel } from './intercept-model.ts';
import { iterateWithin } from './iterate-within.ts';
import { ModelExchange } from './model-exchange.ts';
import { Preamble } from './preamble.ts';
import type { PreparedRequest } from './prepared-request.ts';
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
export type Seam = {
  readonly options: SeamOptions;
  readonly preparer: RequestPreparer;
  readonly announcer: CompactionAnnouncer;
};

export function seamOf(options: SeamOptions): Seam {
  return {
    options,
    preparer: new RequestPreparer(options, reporterOf(options)),
    announcer: new CompactionAnnouncer(options.streamEvents ?? true),
  };
}

export function withSeam(model: Model, modelName: string | undefined, seam: Seam): Model {
  const { options, preparer, announcer } = seam;
  const safely = safelyReporting(reporterOf(options));
  const open = (request: ModelRequest, prepared: PreparedRequest) => {
    const { input } = prepared;
    return {
      exchange: new ModelExchange(request, { model: modelName, prepared, safely }, options),
      // What the engine left alone is the runner's own request, which retry advice may know by identity.
      sent: input === request.input ? request : { ...request, input },
    };
  };

  return interceptModel(model, {
    async getResponse(request): Promise<ModelResponse> {
      let prepared = await preparer.prepare(request, modelName);
      for (;;) {
        const { exchange, sent } = open(request, prepared);
        try {
          const response = await context.with(exchange.context, async () => model.getResponse(sent));
          exchange.answered(response);
          safely(() => prepared.recovery?.accepted());
          return response;
        } catch (error) {
          exchange.failed(error);
          const smaller = await preparer.recover(request, prepared, { error });
          if (smaller === undefined) throw prepared.recovery?.unrecovered(error) ?? error;
          prepared = smaller;
        }
      }
    },

    async *getStreamedResponse(request): AsyncGenerator<StreamEvent, void, undefined> {
      let prepared = await preparer.prepare(request, modelName);
      for (;;) {
        const { exchange, sent } = open(request, prepared);
        const preamble = new Preamble();
        try {
          for await (const event of iterateWithin(exchange.context, () => model.getStreamedResponse(sent))) {
            if (event.type === 'response_done') exchange.answered(event.response);
            for (const passed of preamble.pass(event)) {
              yield passed;
              yield* announcer.take(prepared.compactions);
            }
            if (preamble.isOver) safely(() => prepared.recovery?.accepted());
          }
          yield* preamble.release();
          return;
        } catch (error) {
          exchange.failed(error);
          // What the consumer has seen of an answer cannot be taken back.
          if (preamble.isOver) throw error;
          const held = preamble.release();
          const evidence = Preamble.failureIn(held);
          const smaller = await preparer.recover(request, prepared, { error, evidence });
          if (smaller === undefined) {
            yield* held;
            throw prepared.recovery?.unrecovered(error) ?? error;
          }
          prepared = smaller;
        } finally {
          exchange.over();
        }
      }
    },
  });
}

function reporterOf({ onError }: SeamOptions): (error: unknown) => void {
  return reporter(onError, 'Compaction was left out of a model call');
}
