import { withinTime } from './until-aborted.ts';

export type Flight<TValue> = {
  readonly sessionId: string;
  readonly signal: AbortSignal | undefined;
  /** What to do when it is this call's turn. */
  readonly work: () => Promise<TValue>;
  /** What to do instead where the turn did not come in time, or the caller gave up waiting for it. */
  readonly instead: (reason: unknown) => Promise<TValue>;
};

/** One run at a time for each session, in the order of the calls, and none waits longer than `limitMillis`. */
export class Flights {
  readonly #limitMillis: number;
  /** The end of the last flight of each session. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(limitMillis: number) {
    this.#limitMillis = limitMillis;
  }

  run<TValue>({ sessionId, signal, work, instead }: Flight<TValue>): Promise<TValue> {
    const before = this.#last.get(sessionId);
    const flight =
      before === undefined ? work() : withinTime(this.#limitMillis, signal, () => before).then(work, instead);
    // A flight that was passed over has not ended: the next one waits for both.
    const settled = Promise.allSettled([before, flight]).finally(() => {
      if (this.#last.get(sessionId) === settled) this.#last.delete(sessionId);
    });
    this.#last.set(sessionId, settled);
    return flight;
  }
}
