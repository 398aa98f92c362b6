import { readDuration } from './duration.ts';
import { sourceError } from './source-error.ts';

/** Where a backend's query API answers, with what its address says besides. */
export type ApiAddress = {
  /** With the path under which the API lies; ends with a slash. */
  readonly base: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** How far back a list looks, in milliseconds. */
  readonly lookbackMillis: number;
  /** How many traces a list looks at, at most. */
  readonly maxTraces: number;
};

/**
 * Reads `<kind>+http://user:password@host:port/path?lookback=1d&traces=500`; throws `source_url` with what was
 * expected. A password goes as HTTP's basic authentication.
 */
export function readApiAddress(url: URL, example: string): ApiAddress {
  const lookbackMillis = readDuration(url.searchParams.get('lookback') ?? '1d');
  const maxTraces = /^[1-9]\d{0,4}$/.exec(url.searchParams.get('traces') ?? '500')?.[0];
  const unknown = [...url.searchParams.keys()].filter((key) => key !== 'lookback' && key !== 'traces');
  if (url.hostname === '' || lookbackMillis === undefined || maxTraces === undefined || unknown.length > 0)
    throw sourceError('source_url', `Expected ${example}, but received ${withoutPassword(url)}.`);
  const scheme = url.protocol.endsWith('+https:') ? 'https' : 'http';
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    base: new URL(`${scheme}://${url.host}${path}`),
    headers:
      credentials === ':' ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    lookbackMillis,
    maxTraces: Number(maxTraces),
  };
}

/** An address as a message may show it. */
export function withoutPassword(url: URL): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  return shown.href;
}
