import { context } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { ModelRequest } from '@openai/agents-core';
import { isSilenced } from '../without-sdk-tracing.ts';
import { preflight, recover } from './preflight.ts';
import type { Refused } from './preflight.ts';
import type { PreparedRequest } from './prepared-request.ts';
import { conversationOf, sessionOf } from './request-session.ts';
import type { SeamOptions } from './seam-options.ts';

type Preparation = { readonly length: number; readonly result: Promise<PreparedRequest> };

/** Prepares each request once, however often the runner retries it, and never fails. */
export class RequestPreparer {
  readonly #options: SeamOptions;
  readonly #report: (error: unknown) => void;
  readonly #fallbackSession = `provider-${crypto.randomUUID()}`;
  /** By the input, which retries share: the runner may copy the request around it at each attempt. */
  readonly #preparations = new WeakMap<object, Preparation>();

  constructor(options: SeamOptions, report: (error: unknown) => void) {
    this.#options = options;
    this.#report = report;
  }

  async prepare(request: ModelRequest, model: string | undefined): Promise<PreparedRequest> {
    const { input, signal } = request;
    this.#noteConversation(request);
    if (!isCompactable(request)) return { input };
    const key = keyOf(request);
    const known = this.#preparations.get(key);
    // A list that somebody went on writing to is another prompt.
    if (known?.length === input.length) return known.result;
    const result = this.#ask(request, model);
    this.#remember(request, result);
    const { sessionId } = await result;
    // A preparation that failed or was cut short is no answer for the next attempt.
    if (sessionId === undefined || signal?.aborted === true) this.#preparations.delete(key);
    return result;
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

  async #ask(request: ModelRequest, model: string | undefined): Promise<PreparedRequest> {
    try {
      const sessionId = sessionOf(request, this.#options, this.#fallbackSession);
      return await context.with(this.#place(), async () =>
        preflight(request, { sessionId, model }, this.#options),
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

/** Where the provider holds the history there is nothing to compact here; a summary is not compacted itself. */
function isCompactable({ conversationId, previousResponseId }: ModelRequest): boolean {
  return conversationId === undefined && previousResponseId === undefined && !isSilenced();
}
