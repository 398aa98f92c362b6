import { placeFromQuery, placeToQuery, type Place } from '@clew/viewer';

/** Where in the app a reader is: ids only, so that an address never carries content. */
export type Route = {
  readonly session?: string;
  /** The table of all sessions. */
  readonly isFleet?: true;
  readonly place: Place;
};

/** `#/s/<session>/c/<run id>?<place>`, or a part of it, or `#/fleet`. What is not understood is the start page. */
export function parseRoute(hash: string): Route {
  if (/^#\/fleet\/?$/.test(hash)) return { isFleet: true, place: {} };
  const match = /^#\/s\/([^/?]+)(?:\/c\/([^/?]+))?\/?(?:\?(.*))?$/.exec(hash);
  const [, session, run, query = ''] = match ?? [];
  const id = session === undefined ? undefined : decode(session);
  if (id === undefined) return { place: {} };
  const runId = run === undefined ? undefined : decode(run);
  return { session: id, place: { ...(runId !== undefined && { run: runId }), ...placeFromQuery(query) } };
}

export function formatRoute({ session, isFleet, place }: Route): string {
  if (isFleet === true) return '#/fleet';
  if (session === undefined) return '#/';
  const run = place.run === undefined ? '' : `/c/${encodeURIComponent(place.run)}`;
  const query = placeToQuery(place);
  return `#/s/${encodeURIComponent(session)}${run}${query === '' ? '' : `?${query}`}`;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
