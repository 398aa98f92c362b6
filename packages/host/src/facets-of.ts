import type { SessionEntry } from './source/session-query.ts';
import type { TraceSource } from './source/trace-source.ts';
import type { Facets } from './wire.ts';

/** Of more sessions than this, the newest are looked at. */
const MAX_SESSIONS = 20_000;
const MAX_VALUES = 100;

/** What the sessions of a source can be filtered by: each value, and how many sessions have it. */
export async function facetsOf(source: TraceSource, signal: AbortSignal): Promise<Facets> {
  const sessions: SessionEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await source.listSessions({ limit: 1000, ...(cursor !== undefined && { cursor }) }, signal);
    sessions.push(...page.sessions);
    cursor = page.next;
  } while (cursor !== undefined && sessions.length < MAX_SESSIONS);
  return {
    sessions: sessions.length,
    compacted: sessions.filter(({ compactionCount }) => (compactionCount ?? 0) > 0).length,
    services: tally(sessions.flatMap(({ services }) => services)),
    agents: tally(sessions.flatMap(({ agents }) => agents)),
    models: tally(sessions.flatMap(({ models }) => models)),
    complete: cursor === undefined,
  };
}

function tally(values: readonly string[]): Facets['services'] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, sessions]) => ({ value, sessions }))
    .toSorted((a, b) => b.sessions - a.sessions || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_VALUES);
}
