import type { SessionPage } from './host-api.ts';

/**
 * The newest page laid over what was listed before: what it names moves to the top as it is now, the rest stays where it was.
 * Where everything before has moved, or the newest page is all there is, it stands alone.
 */
export function joinPages(newest: SessionPage, before: SessionPage): SessionPage {
  if (newest.next === undefined) return newest;
  const fresh = new Set(newest.sessions.map(({ id }) => id));
  const rest = before.sessions.filter(({ id }) => !fresh.has(id));
  const isGap = rest.length === before.sessions.length && before.sessions.length > 0;
  // Nothing of the old list is on the new page: there may be sessions between them that were never listed.
  if (isGap || rest.length === 0) return newest;
  return {
    sessions: [...newest.sessions, ...rest],
    ...(before.next !== undefined && { next: before.next }),
  };
}
