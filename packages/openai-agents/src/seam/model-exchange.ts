import type { Usage } from '@clew/core';
import { withCompactedRun } from '@clew/tracing';
import { context } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { ModelRequest } from '@openai/agents-core';
import { ModelCall, withModelCall } from '../bridge/model-call.ts';
import type { ModelCallResult } from '../bridge/model-call.ts';
import { refusalIn } from '../bridge/refusal-in.ts';
import { usageOf } from '../sdk-usage.ts';
import type { Safely } from '../safely.ts';
import { GenerationSpan } from './generation-span.ts';
import type { PreparedRequest } from './prepared-request.ts';
import type { SeamOptions } from './seam-options.ts';

type Answer = { readonly output: readonly object[]; readonly usage: unknown };

/** One request to the inner model and its answer, as telemetry and the engine's calibration see them. Never throws. */
export class ModelExchange {
  /** In which the inner model runs: its spans then know their place, their model and the compaction before them. */
  readonly context: Context;
  readonly #call: ModelCall;
  readonly #generation: GenerationSpan | undefined;
  readonly #report: (usage: Usage) => void;
  readonly #safely: Safely;

  constructor(
    request: ModelRequest,
    { model, prepared, safely }: { model: string | undefined; prepared: PreparedRequest; safely: Safely },
    { bridge, emitGenerationSpan, manager }: SeamOptions,
  ) {
    this.#safely = safely;
    this.#call = new ModelCall(model);
    const place = withModelCall(bridge?.contextOf() ?? context.active(), this.#call);
    const linked = prepared.compaction === undefined ? place : withCompactedRun(place, prepared.compaction);
    const generation =
      emitGenerationSpan === true
        ? safely(() => context.with(linked, () => GenerationSpan.start(request, model)))
        : undefined;
    this.#generation = generation;
    this.context =
      generation === undefined || bridge === undefined
        ? linked
        : context.with(linked, () => bridge.contextOf(generation.sdk));
    const { sessionId } = prepared;
    this.#report = (usage) => {
      if (sessionId !== undefined) manager.reportUsage(sessionId, usage);
    };
  }

  /**
   * @param answer the response, or that of a stream's last event
   * @param isOfPrompt whether its usage is that of the prompt that was prepared
   */
  answered({ output, usage: told }: Answer, isOfPrompt: boolean): void {
    const usage = usageOf(told);
    this.#safely(() => this.#generation?.answered(output, usage));
    this.over({ usage, isRefused: this.#safely(() => refusalIn(output)) !== undefined });
    if (isOfPrompt && usage !== undefined) this.#safely(() => this.#report(usage));
  }

  failed(error: unknown): void {
    this.#safely(() => this.#generation?.failed(error));
    this.over();
  }

  /** Does nothing where the exchange is over already; else the consumer of a stream left before its end. */
  over(result?: ModelCallResult): void {
    this.#safely(() => this.#generation?.end());
    this.#safely(() => this.#call.settle(result));
  }
}
