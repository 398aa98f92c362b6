import { addDigests, type Digest, emptyDigest } from './digest.ts';

/** What a batch changes in the lists: by trace, what is added to its digest and which sessions its spans name. */
export class BatchChanges {
  readonly byTrace = new Map<string, TraceChange>();
  spans = 0;
  traceEvents = 0;

  add(traceId: string, delta: Digest, session: string | undefined): void {
    const known = this.byTrace.get(traceId);
    const change = known ?? { delta: emptyDigest, sessions: new Set<string>() };
    change.delta = addDigests(change.delta, delta);
    if (session !== undefined) change.sessions.add(session);
    if (known === undefined) this.byTrace.set(traceId, change);
  }
}

export type TraceChange = { delta: Digest; readonly sessions: Set<string> };
