import { context } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { ModelRequest } from '@openai/agents-core';
import { isServerManaged, routeOf } from '../native/route-of.ts';
import { isSilenced } from '../without-sdk-tracing.ts';
import { preflight, recover, wishOf } from './preflight.ts';
import type { Refused } from './preflight.ts';
import type { Callee, PreparedRequest } from './prepared-request.ts';
import { conversationOf, sessionOf } from './request-session.ts';
import type { SeamOptions } from './seam-options.ts';

type Preparation = { readonly length: number; readonly result: Promise<PreparedRequest> };

/** Prepares each request once, however often the runner retries it. What fails in it never becomes the run's failure. */
export class RequestPreparer {
  readonly #options: SeamOptions;
  readonly #report: (error: unknown) => void;
  readonly #fallbackSession = `provider-${crypto.randomUUID()}`;
  /** By the input, which retries share: the runner may copy the request around it at each attempt. */
  readonly #preparations = new WeakMap<object, Preparation>();
  /** Why a model's provider does not compact after all, by the model's name. */
  readonly #refusals = new Map<string, string>();

  constructor(options: SeamOptions, report: (error: unknown) => void) {
    this.#options = options;
    this.#report = report;
  }

  /** @throws CompactError `server_managed_state` where nobody could compact what the provider holds */
  async prepare(request: ModelRequest, callee: Callee): Promise<PreparedRequest> {
    const { input, signal } = request;
    this.#noteConversation(request);
    // A summary is not compacted itself.
    if (isSilenced()) return { input };
    if (isServerManaged(request)) return this.#managed(request, callee);
    const key = keyOf(request);
    const known = this.#preparations.get(key);
    // A list that somebody went on writing to is another prompt.
    if (known?.length === input.length) return known.result;
    const result = this.#ask(request, callee);
    this.#remember(request, result);
    const { sessionId } = await result;
    // A preparation that failed or was cut short is no answer for the next attempt.
    if (sessionId === undefined || signal?.aborted === true) this.#preparations.delete(key);
    return result;
  }

  /** The request without what the provider has refused to be asked, for this and every later call of the model. */
  async withoutNative(request: ModelRequest, callee: Callee, refusal: string): Promise<PreparedRequest> {
    this.#refusals.set(callee.name ?? '', refusal);
    this.#preparations.delete(keyOf(request));
    return this.prepare(request, callee);
  }

  /**
   * A smaller prompt after a refusal, which then stands for this request also when the runner tries it again.
   * `undefined` where the error is another one or nothing is left to try. Never fails.
   */
  async recover(
    request: ModelRequest,
    prepared: PreparedRequest,
    refused: Refused,
  ): Promise<PreparedRequest | undefined> {
    try {
      const smaller = await context.with(this.#place(), async () =>
        recover(request, prepared, refused, this.#options),
      );
      if (smaller !== undefined) this.#remember(request, Promise.resolve(smaller));
      return smaller;
    } catch (error) {
      this.#report(error);
      return undefined;
    }
  }

  #refusalOf({ name = '' }: Callee): string | undefined {
    return this.#refusals.get(name);
  }

  /** Nothing local is seen or can be done; what the provider does is asked for, and taken down. */
  #managed(request: ModelRequest, callee: Callee): PreparedRequest {
    const { input } = request;
    const route = routeOf(request, callee.transport, this.#refusalOf(callee));
    const use = this.#options.manager.providerUse?.({ model: callee.name, route });
    if (use === undefined) return { input };
    try {
      const sessionId = sessionOf(request, this.#options, this.#fallbackSession);
      return { input, native: wishOf(use, sessionId, callee) };
    } catch (error) {
      this.#report(error);
      return { input };
    }
  }

  #remember(request: ModelRequest, result: Promise<PreparedRequest>): void {
    this.#preparations.set(keyOf(request), { length: request.input.length, result });
  }

  #noteConversation(request: ModelRequest): void {
    const { bridge } = this.#options;
    if (bridge === undefined || isSilenced()) return;
    try {
      const conversation = conversationOf(request, this.#options);
      if (conversation !== undefined) bridge.noteConversation(conversation);
    } catch {
      // A session that cannot be told is reported where it is needed.
    }
  }

  #place(): Context {
    return this.#options.bridge?.contextOf() ?? context.active();
  }

  async #ask(request: ModelRequest, callee: Callee): Promise<PreparedRequest> {
    try {
      const sessionId = sessionOf(request, this.#options, this.#fallbackSession);
      return await context.with(this.#place(), async () =>
        preflight(request, { sessionId, callee, refusal: this.#refusalOf(callee) }, this.#options),
      );
    } catch (error) {
      this.#report(error);
      return { input: request.input };
    }
  }
}

function keyOf(request: ModelRequest): object {
  return typeof request.input === 'string' ? request : request.input;
}
