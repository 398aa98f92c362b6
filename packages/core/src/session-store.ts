/**
 * Keeps what the engine knows of each session between calls. The value is plain data, ready for JSON, so that
 * a store shared by processes lets any of them continue.
 *
 * Contract: `load` answers what was last saved, or `undefined`; both reject when the store is out of reach.
 */
export interface SessionStore {
  load(sessionId: string, signal: AbortSignal): Promise<unknown>;
  save(sessionId: string, state: unknown, signal: AbortSignal): Promise<void>;
  /**
   * Holds a session for one run, so that no other process works on it meanwhile. Absent: nobody else does.
   *
   * Contract: it is given back by itself where its holder dies, and after a time limit of the store's own; who has
   * lost it that way can no longer save. Rejects with the signal's reason where it was not to be had before that.
   * @returns gives it back
   */
  lock?(sessionId: string, signal: AbortSignal): Promise<() => Promise<void>>;
}
