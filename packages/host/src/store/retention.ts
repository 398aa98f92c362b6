import type { Database } from 'libsql';
import { z } from 'zod';
import { parseDigest } from './digest.ts';
import type { DigestKeeper } from './digest-keeper.ts';
import type { Space } from './space.ts';

export type RetentionOptions = {
  /** Sessions to which nothing was added for longer than this go. */
  readonly maxAgeMillis?: number | undefined;
  /** The files of the database stay below this, within what is written between two looks. */
  readonly maxBytes?: number | undefined;
};

type RetentionStep = {
  readonly removedSpans: number;
  /** Whether there is more to do at once. */
  readonly more: boolean;
};

/** Removes what is too old or too much, a little at each call, so that others get their turn in between. */
export type Retention = () => RetentionStep;

/** So many spans take a few milliseconds to remove. */
const STEP_SPANS = 1000;
/** So many pages are given back to the file system at a time. */
const STEP_PAGES = 2000;
/** Once there is too much, this share of the limit is reached before it stops, so that it does not begin again at once. */
const TARGET = 0.9;

const done: RetentionStep = { removedSpans: 0, more: false };
const Victim = z.object({ session_id: z.string() }).optional();
const Trace = z
  .object({ trace_id: z.string(), digest: z.string(), cursor: z.number().nullable() })
  .optional();
const Left = z.object({ spans: z.number(), errors: z.number(), compactions: z.number() });
const Members = z.array(z.object({ session_id: z.string() }));

/**
 * What goes first is the session to which nothing was added for longest, its oldest trace first: so others stay whole. A
 * trace that a session of later shares stays with that one.
 */
export function createRetention(
  database: Database,
  {
    keeper,
    space,
    now,
  }: { readonly keeper: DigestKeeper; readonly space: Space; readonly now: () => number },
  { maxAgeMillis, maxBytes }: RetentionOptions,
): Retention {
  const tooOld = database.prepare(
    'SELECT session_id FROM sessions WHERE touched_at < ? ORDER BY touched_at LIMIT 1',
  );
  const oldest = database.prepare('SELECT session_id FROM sessions ORDER BY touched_at LIMIT 1');
  const traceOf = database.prepare(
    `SELECT t.trace_id, t.digest, t.cursor FROM members m JOIN traces t ON t.trace_id = m.trace_id
     WHERE m.session_id = @session AND NOT EXISTS (
       SELECT 1 FROM members o JOIN sessions s ON s.session_id = o.session_id
       WHERE o.trace_id = m.trace_id AND o.session_id <> @session
         AND s.touched_at > (SELECT touched_at FROM sessions WHERE session_id = @session))
     ORDER BY t.first_at LIMIT 1`,
  );
  const removeSpans = database.prepare(
    `DELETE FROM spans WHERE cursor IN
       (SELECT cursor FROM spans WHERE trace_id = ? ORDER BY cursor LIMIT ${STEP_SPANS})`,
  );
  const left = database.prepare(
    `SELECT COUNT(*) AS spans, COALESCE(SUM(error), 0) AS errors, COALESCE(SUM(compaction), 0) AS compactions
     FROM spans WHERE trace_id = ?`,
  );
  const membersOf = database.prepare('SELECT session_id FROM members WHERE trace_id = ?');
  const removeTrace = database.prepare('DELETE FROM traces WHERE trace_id = ?');
  const removeMembers = database.prepare('DELETE FROM members WHERE trace_id = ?');
  const forget = database.prepare('DELETE FROM members WHERE session_id = ?');
  const setDigest = database.prepare('UPDATE traces SET digest = ? WHERE trace_id = ?');
  const count = database.prepare(
    'UPDATE state SET spans = spans - ?, traces = traces - ?, trace_events = trace_events - ?',
  );

  const shrink = database.transaction((sessionId: string): number => {
    const trace = Trace.parse(traceOf.get({ session: sessionId }));
    if (trace === undefined) {
      forget.run(sessionId);
      keeper.rebuild(sessionId);
      return 0;
    }
    const removed = removeSpans.run(trace.trace_id).changes;
    const rest = Left.parse(left.get(trace.trace_id));
    const sessions = Members.parse(membersOf.all(trace.trace_id));
    if (rest.spans > 0) {
      setDigest.run(JSON.stringify({ ...parseDigest(trace.digest), ...rest }), trace.trace_id);
    } else {
      removeTrace.run(trace.trace_id);
      removeMembers.run(trace.trace_id);
    }
    for (const member of sessions) keeper.rebuild(member.session_id);
    count.run(removed, Number(rest.spans === 0), Number(rest.spans === 0 && trace.cursor !== null));
    return removed;
  });

  let isShrinking = false;

  function victim(): string | undefined {
    const aged = maxAgeMillis === undefined ? undefined : Victim.parse(tooOld.get(now() - maxAgeMillis));
    if (aged !== undefined) return aged.session_id;
    if (maxBytes === undefined) return undefined;
    const { usedBytes, logBytes } = space.measure();
    isShrinking = usedBytes + logBytes > maxBytes * (isShrinking ? TARGET : 1);
    if (isShrinking && usedBytes <= maxBytes * TARGET) space.cutLog();
    if (usedBytes <= maxBytes * TARGET) isShrinking = false;
    return isShrinking ? Victim.parse(oldest.get())?.session_id : undefined;
  }

  return () => {
    const session = victim();
    if (session !== undefined) return { removedSpans: shrink.immediate(session), more: true };
    return space.giveBack(STEP_PAGES) ? { removedSpans: 0, more: true } : done;
  };
}
