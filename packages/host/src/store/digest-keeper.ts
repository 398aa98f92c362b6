import type { Database } from 'libsql';
import { z } from 'zod';
import type { BatchChanges, TraceChange } from './batch-changes.ts';
import { addDigests, type Digest, emptyDigest, parseDigest } from './digest.ts';

/** When a batch came: its first cursor, and the clock. */
type Moment = { readonly cursor: number; readonly receivedAt: number };

/** Keeps the digests of traces and sessions true to their spans, within the writer's transaction. */
export interface DigestKeeper {
  /** Returns how many traces are new. */
  apply(changes: BatchChanges, moment: Moment): number;
  /** Makes a session's digest anew from its traces; without any the session is gone. */
  rebuild(sessionId: string): void;
}

const TraceLine = z.object({ digest: z.string(), first_at: z.number() }).optional();
const SessionLine = z.object({ digest: z.string(), touched_at: z.number() }).optional();
const Member = z.object({ session_id: z.string(), implied: z.number() });
const DigestLine = z.object({ digest: z.string() });

export function createDigestKeeper(database: Database): DigestKeeper {
  const findTrace = database.prepare('SELECT digest, first_at FROM traces WHERE trace_id = ?');
  const insertTrace = database.prepare('INSERT INTO traces (trace_id, first_at, digest) VALUES (?, ?, ?)');
  const updateTrace = database.prepare('UPDATE traces SET first_at = ?, digest = ? WHERE trace_id = ?');
  const findMembers = database.prepare('SELECT session_id, implied FROM members WHERE trace_id = ?');
  const join = database.prepare(
    'INSERT INTO members (session_id, trace_id, implied, since) VALUES (?, ?, ?, ?)',
  );
  const leave = database.prepare('DELETE FROM members WHERE session_id = ? AND trace_id = ?');
  const setNamed = database.prepare('UPDATE members SET implied = 0 WHERE session_id = ? AND trace_id = ?');
  const findSession = database.prepare('SELECT digest, touched_at FROM sessions WHERE session_id = ?');
  const putSession = database.prepare(
    `INSERT INTO sessions (session_id, last_at, touched_at, digest) VALUES (?, ?, ?, ?)
     ON CONFLICT (session_id) DO UPDATE
     SET last_at = excluded.last_at, touched_at = excluded.touched_at, digest = excluded.digest`,
  );
  const dropSession = database.prepare('DELETE FROM sessions WHERE session_id = ?');
  const digestsOf = database.prepare(
    'SELECT t.digest FROM members m JOIN traces t ON t.trace_id = m.trace_id WHERE m.session_id = ?',
  );

  function applyTo(
    traceId: string,
    { delta, sessions }: TraceChange,
    { cursor, receivedAt }: Moment,
  ): boolean {
    const known = TraceLine.parse(findTrace.get(traceId));
    const digest = known === undefined ? delta : addDigests(parseDigest(known.digest), delta);
    const firstAt = Math.min(known?.first_at ?? Infinity, delta.start ?? receivedAt);
    if (known === undefined) insertTrace.run(traceId, firstAt, JSON.stringify(digest));
    else updateTrace.run(firstAt, JSON.stringify(digest), traceId);

    const members = known === undefined ? [] : Member.array().parse(findMembers.all(traceId));
    const joined = new Set(members.map((member) => member.session_id));
    for (const member of members) {
      if (member.implied === 1 && sessions.has(member.session_id)) setNamed.run(member.session_id, traceId);
      if (member.implied === 1 && sessions.size > 0 && !sessions.has(member.session_id)) {
        leave.run(member.session_id, traceId);
        rebuild(member.session_id);
      } else touch(member.session_id, delta, receivedAt);
    }
    const isUnnamed = joined.size === 0 && sessions.size === 0;
    for (const session of isUnnamed ? [traceId] : sessions) {
      if (joined.has(session)) continue;
      join.run(session, traceId, Number(isUnnamed), cursor);
      touch(session, digest, receivedAt);
    }
    return known === undefined;
  }

  function touch(sessionId: string, delta: Digest, receivedAt: number): void {
    const known = SessionLine.parse(findSession.get(sessionId));
    const digest = known === undefined ? delta : addDigests(parseDigest(known.digest), delta);
    putSession.run(sessionId, digest.end ?? 0, receivedAt, JSON.stringify(digest));
  }

  function rebuild(sessionId: string): void {
    const digests = DigestLine.array().parse(digestsOf.all(sessionId));
    if (digests.length === 0) return void dropSession.run(sessionId);
    const digest = digests.map((line) => parseDigest(line.digest)).reduce(addDigests, emptyDigest);
    const touchedAt = SessionLine.parse(findSession.get(sessionId))?.touched_at ?? 0;
    putSession.run(sessionId, digest.end ?? 0, touchedAt, JSON.stringify(digest));
  }

  return {
    apply(changes, moment) {
      let added = 0;
      for (const [traceId, change] of changes.byTrace) added += Number(applyTo(traceId, change, moment));
      return added;
    },
    rebuild,
  };
}
