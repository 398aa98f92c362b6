/** Where in the app a reader is: ids only, so that an address never carries content. */
export type Route = { readonly session?: string; readonly run?: string };

/** `#/s/<session>/c/<run id>`, or a part of it. What is not understood is the start page. */
export function parseRoute(hash: string): Route {
  const match = /^#\/s\/([^/]+)(?:\/c\/([^/]+))?\/?$/.exec(hash);
  const [, session, run] = match ?? [];
  if (session === undefined) return {};
  const decoded = { session: decode(session), run: run === undefined ? undefined : decode(run) };
  if (decoded.session === undefined) return {};
  return decoded.run === undefined
    ? { session: decoded.session }
    : { session: decoded.session, run: decoded.run };
}

export function formatRoute({ session, run }: Route): string {
  if (session === undefined) return '#/';
  const base = `#/s/${encodeURIComponent(session)}`;
  return run === undefined ? base : `${base}/c/${encodeURIComponent(run)}`;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
