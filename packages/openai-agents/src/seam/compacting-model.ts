import type { Model, ModelRequest, ModelResponse, StreamEvent } from '@openai/agents-core';
import { context } from '@opentelemetry/api';
import { NativeExchange } from '../native/native-exchange.ts';
import { refusedAsk } from '../native/refused-ask.ts';
import { transportOf } from '../native/route-of.ts';
import { sentRequest } from '../native/sent-request.ts';
import { reporter, safelyReporting } from '../safely.ts';
import { CompactionAnnouncer } from '../stream/announce-compactions.ts';
import { interceptModel } from './intercept-model.ts';
import { iterateWithin } from './iterate-within.ts';
import { ModelExchange } from './model-exchange.ts';
import { Preamble } from './preamble.ts';
import type { Refused } from './preflight.ts';
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
  const report = reporterOf(options);
  const { nativeTransport = transportOf(model, modelName, options.manager) } = options;
  const callee = { name: modelName, transport: nativeTransport === 'none' ? undefined : nativeTransport };
  const open = (request: ModelRequest, prepared: PreparedRequest) => ({
    exchange: new ModelExchange(request, { model: modelName, prepared, safely }, options),
    sent: sentRequest(request, prepared, callee),
    native: new NativeExchange(request, { callee, prepared, report }, options),
  });
  /** Another request after this failure, where there is one. */
  const next = async (request: ModelRequest, prepared: PreparedRequest, refused: Refused) => {
    const refusal = prepared.native && refusedAsk(refused.error);
    return refusal === undefined
      ? preparer.recover(request, prepared, refused)
      : preparer.withoutNative(request, callee, refusal);
  };
  return interceptModel(model, {
    async getResponse(request): Promise<ModelResponse> {
      let prepared = await preparer.prepare(request, callee);
      for (;;) {
        const { exchange, native, sent } = open(request, prepared);
        try {
          const response = native.read(
            await context.with(exchange.context, async () => model.getResponse(sent)),
          );
          exchange.answered(response, native.isOfPrompt(response));
          await native.answered(response);
          safely(() => prepared.recovery?.accepted());
          return response;
        } catch (error) {
          exchange.failed(error);
          const other = await next(request, prepared, { error });
          if (other === undefined) throw prepared.recovery?.unrecovered(error) ?? error;
          prepared = other;
        }
      }
    },
    async *getStreamedResponse(request): AsyncGenerator<StreamEvent, void, undefined> {
      let prepared = await preparer.prepare(request, callee);
      for (;;) {
        const { exchange, native, sent } = open(request, prepared);
        const preamble = new Preamble();
        try {
          const compactions = [...(prepared.compactions ?? [])];
          for await (const raw of iterateWithin(exchange.context, () => model.getStreamedResponse(sent))) {
            const event = native.readEvent(raw);
            if (event === undefined) continue;
            if (event.type === 'response_done') {
              exchange.answered(event.response, native.isOfPrompt(event.response));
              compactions.push(...(await native.answered(event.response)));
            }
            for (const passed of preamble.pass(event)) {
              // The end of the answer is the last thing that a consumer may wait for.
              if (passed.type === 'response_done') yield* announcer.take(compactions);
              yield passed;
              yield* announcer.take(compactions);
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
          const other = await next(request, prepared, { error, evidence });
          if (other === undefined) {
            yield* held;
            throw prepared.recovery?.unrecovered(error) ?? error;
          }
          prepared = other;
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
