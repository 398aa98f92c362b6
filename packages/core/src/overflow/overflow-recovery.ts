import type { Compactor, PreflightRequest } from '../compactor.ts';
import type { CompactResult } from '../result.ts';
import { explainUnrecovered } from './explain-unrecovered.ts';
import type { Tried } from './explain-unrecovered.ts';
import { promptLimitOf } from './overflow.ts';
import type { Overflow } from './overflow.ts';
import { recognizeOverflow } from './recognize-overflow.ts';
import { recoverySteps } from './recovery-steps.ts';
import type { RecoveryStep } from './recovery-steps.ts';

type Recovering<TItem> = Pick<Compactor<TItem>, 'preflight' | 'reportOverflow'>;

export type OverflowRecoveryOptions<TItem> = {
  readonly manager: Recovering<TItem>;
  /** As it was given to `preflight` before the refused call. */
  readonly request: PreflightRequest<TItem>;
  /** What to try, in order, each once. Default: compact, compact harder, cut tool results. */
  readonly steps?: readonly RecoveryStep[] | undefined;
};

export type OverflowHints = {
  readonly signal?: AbortSignal | undefined;
  readonly evidence?: unknown;
};

/**
 * Finds a smaller prompt each time one is refused as too long, as often as there are steps and no more. One for each
 * model call; a caller that sends requests itself may leave the loop to `recoverFromOverflow`.
 */
export class OverflowRecovery<TItem> {
  readonly #manager: Recovering<TItem>;
  readonly #request: PreflightRequest<TItem>;
  readonly #steps: RecoveryStep[];
  readonly #tried: Tried[] = [];
  #first: { readonly error: unknown } | undefined;
  #last: unknown;
  #overflow: Overflow | undefined;
  #isSettled = false;

  constructor({ manager, request, steps = recoverySteps }: OverflowRecoveryOptions<TItem>) {
    this.#manager = manager;
    this.#request = request;
    this.#steps = [...steps];
  }

  /**
   * @param hints.signal of this attempt, where it has one of its own
   * @param hints.evidence what the provider said, where the error does not repeat it: the last event of a stream
   * @returns what to send now, or `undefined` where the error is another one, the caller has aborted, or nothing is
   * left to try: `unrecovered` then says what to throw
   */
  async next(
    error: unknown,
    { signal = this.#request.signal, evidence }: OverflowHints = {},
  ): Promise<CompactResult<TItem> | undefined> {
    const overflow = recognizeOverflow(error) ?? recognizeOverflow(evidence);
    if (overflow === undefined) return undefined;
    this.#first ??= { error };
    this.#last = error;
    this.#overflow = overflow;
    this.#isSettled = false;
    // The room for the answer alone fills the window: no prompt is short enough.
    if ((promptLimitOf(overflow) ?? 1) <= 0) return undefined;
    for (;;) {
      const step = signal?.aborted === true ? undefined : this.#steps.shift();
      if (step === undefined) return undefined;
      const attempt = this.#tried.length + 1;
      const result = await this.#manager.preflight({
        ...this.#request,
        signal,
        // It was about the call before, and was told with it.
        usage: undefined,
        overflow: { ...step, attempt, overflow },
      });
      const { before, after } = result.tokens;
      this.#tried.push({
        step: step.step,
        outcome: result.outcome,
        tokensBefore: before,
        tokensAfter: after,
      });
      // What is no smaller would be refused again: on to the next step, at no cost.
      if (after < before) return result;
    }
  }

  /**
   * The error to throw after `next` had no answer: the one that the provider gave first, the very object, so that
   * whoever handles it knows it. What was tried is the last of its causes. An error of another kind is thrown as it is.
   */
  unrecovered(error: unknown): unknown {
    if (this.#first === undefined || error !== this.#last) return error;
    explainUnrecovered(this.#first.error, this.#tried);
    this.#settle(false);
    return this.#first.error;
  }

  /** The provider has accepted what was sent. To be told after each call that succeeds; it is for the record alone. */
  accepted(): void {
    if (this.#first !== undefined) this.#settle(true);
  }

  #settle(isRecovered: boolean): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const [first] = this.#tried;
    const last = this.#tried.at(-1);
    this.#manager.reportOverflow?.(this.#request.sessionId, {
      isRecovered,
      attempts: this.#tried.length,
      ...(last === undefined ? {} : { step: last.step }),
      ...(this.#overflow === undefined ? {} : { overflow: this.#overflow }),
      tokens: { before: first?.tokensBefore ?? 0, after: last?.tokensAfter ?? 0 },
    });
  }
}
