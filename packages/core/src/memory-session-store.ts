import type { SessionStore } from './session-store.ts';

/** Keeps sessions in this process; the least recently used one goes when there are more than `maxSessions`. */
export class MemorySessionStore implements SessionStore {
  readonly #states = new Map<string, unknown>();
  readonly #maxSessions: number;

  constructor({ maxSessions = 1000 }: { readonly maxSessions?: number } = {}) {
    this.#maxSessions = maxSessions;
  }

  load(sessionId: string): Promise<unknown> {
    return Promise.resolve(this.#states.get(sessionId));
  }

  save(sessionId: string, state: unknown): Promise<void> {
    this.#states.delete(sessionId);
    this.#states.set(sessionId, state);
    const oldest = this.#states.keys().next();
    if (this.#states.size > this.#maxSessions && oldest.done !== true) this.#states.delete(oldest.value);
    return Promise.resolve();
  }
}
