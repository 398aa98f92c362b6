/**
 * Keeps what the engine knows of each session between calls. The value is plain data, ready for JSON, so that
 * a store shared by processes lets any of them continue.
 *
 * Contract: `load` answers what was last saved, or `undefined`; both reject when the store is out of reach.
 */
export interface SessionStore {
  load(sessionId: string, signal: AbortSignal): Promise<unknown>;
  save(sessionId: string, state: unknown, signal: AbortSignal): Promise<void>;
}
