import { z } from 'zod';
import { withoutPassword } from '../address.ts';
import { readDuration } from '../duration.ts';
import { sourceError } from '../source-error.ts';

/** Where the spans are: `clickhouse://user:password@host:8123/database?table=otel_traces&lookback=7d`. */
export type ClickhouseAddress = {
  /** Where the HTTP interface answers. */
  readonly endpoint: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly table: string;
  /** How far back a list looks, in milliseconds. */
  readonly lookbackMillis: number;
};

const Name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/);
const known = new Set(['table', 'lookback']);

/** Reads the address; throws `source_url` with what was expected. `clickhouse+https://` speaks TLS. */
export function readClickhouseAddress(url: URL): ClickhouseAddress {
  const [database = 'default', ...rest] = url.pathname.split('/').filter((part) => part !== '');
  const table = url.searchParams.get('table') ?? 'otel_traces';
  const lookbackMillis = readDuration(url.searchParams.get('lookback') ?? '7d');
  const unknown = [...url.searchParams.keys()].filter((key) => !known.has(key));
  if (
    url.hostname === '' ||
    rest.length > 0 ||
    unknown.length > 0 ||
    lookbackMillis === undefined ||
    ![database, table].every((name) => Name.safeParse(name).success)
  )
    throw sourceError(
      'source_url',
      `Expected clickhouse://user:password@host:8123/database?table=otel_traces&lookback=7d, but received ${withoutPassword(url)}.`,
    );
  const isSecure = url.protocol === 'clickhouse+https:';
  return {
    endpoint: `${isSecure ? 'https' : 'http'}://${url.hostname}:${url.port || (isSecure ? '8443' : '8123')}`,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(database),
    table,
    lookbackMillis,
  };
}

/** The address that a text gives, where it is one of ClickHouse. */
export function parseClickhouseAddress(text: string): ClickhouseAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^clickhouse(\+https?)?:$/.test(url.protocol)) return readClickhouseAddress(url);
  throw sourceError(
    'source_url',
    `Expected the address of a ClickHouse (clickhouse://user:password@host:8123/database), but received ${url === undefined ? 'no address' : `one with the scheme ${JSON.stringify(url.protocol)}`}.`,
  );
}

/** What tells one table from another, wherever it is. */
export function placeOf({ endpoint, database, table }: ClickhouseAddress): string {
  return `${endpoint}/${database}/${table}`;
}
