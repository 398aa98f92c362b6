import type { Prepared } from './prepare.ts';
import { SessionState, initialState } from './session-state.ts';
import type { SessionStore } from './session-store.ts';
import { withinTime } from './until-aborted.ts';

export type Hold = {
  readonly sessionId: string;
  /** How long to wait for it, in milliseconds. */
  readonly limitMillis: number;
  readonly signal: AbortSignal | undefined;
};

/**
 * The sessions between calls. A store that is out of reach, slow or damaged costs the next run a summary, and
 * never this one its result.
 */
export class SessionMemory<TItem> {
  readonly #store: SessionStore;
  readonly #limitMillis: number;
  /** What this process has saved needs no second validation. */
  readonly #own = new WeakSet<object>();
  /** What was prepared for the run that saved a state: the next call goes on from there. */
  readonly #known = new WeakMap<object, Prepared<TItem>>();

  /** Sessions whose last load failed. */
  readonly #unreached = new Set<string>();

  constructor(store: SessionStore, limitMillis: number) {
    this.#store = store;
    this.#limitMillis = limitMillis;
  }

  /**
   * Works while no other process has the session. A lock that is broken is done without: the agent must go on.
   *
   * @param instead what to do where another process did not give it back in time, or the caller gave up waiting
   */
  async holding<TValue>(
    { sessionId, limitMillis, signal }: Hold,
    work: () => Promise<TValue>,
    instead: (reason: unknown) => Promise<TValue>,
  ): Promise<TValue> {
    const store = this.#store;
    let release = async () => {};
    try {
      if (store.lock !== undefined) {
        release = await withinTime(
          limitMillis,
          signal,
          async (either) => store.lock?.(sessionId, either) ?? release,
        );
      }
    } catch (error) {
      if (isTimeout(error) || signal?.aborted === true) return instead(error);
    }
    try {
      return await work();
    } finally {
      await withinTime(this.#limitMillis, undefined, release).catch(() => {});
    }
  }

  /** The caller's signal has no say here: what is not loaded cannot be saved. */
  async load(sessionId: string): Promise<SessionState> {
    let stored: unknown;
    try {
      stored = await withinTime(this.#limitMillis, undefined, async (signal) =>
        this.#store.load(sessionId, signal),
      );
      this.#unreached.delete(sessionId);
    } catch {
      this.#unreached.add(sessionId);
      return initialState;
    }
    if (typeof stored !== 'object' || stored === null) return initialState;
    if (this.#own.has(stored)) return stored as SessionState;
    const parsed = SessionState.safeParse(stored);
    return parsed.success ? parsed.data : initialState;
  }

  knownOf(state: SessionState): Prepared<TItem> | undefined {
    return this.#known.get(state);
  }

  /** @param prepared what the state was made of */
  async save(sessionId: string, state: SessionState, prepared: Prepared<TItem> | undefined): Promise<void> {
    // A session that could not be read must not be written over.
    if (this.#unreached.has(sessionId)) return;
    this.#own.add(state);
    if (prepared !== undefined) this.#known.set(state, prepared);
    await withinTime(this.#limitMillis, undefined, async (signal) =>
      this.#store.save(sessionId, state, signal),
    ).catch(() => {});
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
