import { readApiAddress } from './address.ts';
import { readClickhouseAddress } from './clickhouse/clickhouse-address.ts';
import { createClickhouseSource } from './clickhouse/clickhouse-source.ts';
import { createJaegerSource } from './jaeger/jaeger-source.ts';
import { sourceError } from './source-error.ts';
import { createTempoSource } from './tempo/tempo-source.ts';
import type { TraceSource } from './trace-source.ts';

export type OpenSourceOptions = {
  /** How long to wait between two looks while following. */
  readonly pollMillis?: number;
  /** The clock, in epoch milliseconds. */
  readonly now?: () => number;
};

type Opener = (url: URL, options: Required<OpenSourceOptions>) => TraceSource;

const jaeger = 'jaeger+http://host:16686?lookback=1d&traces=500';

const tempo = 'tempo+http://host:3200?lookback=1d&traces=500';

const openers: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ...['clickhouse', 'clickhouse+http', 'clickhouse+https'].map((kind): [string, Opener] => [
    kind,
    (url, options) => createClickhouseSource({ address: readClickhouseAddress(url), ...options }),
  ]),
  ...['jaeger+http', 'jaeger+https'].map((kind): [string, Opener] => [
    kind,
    (url, options) => createJaegerSource({ address: readApiAddress(url, jaeger), ...options }),
  ]),
  ...['tempo+http', 'tempo+https'].map((kind): [string, Opener] => [
    kind,
    (url, options) => createTempoSource({ address: readApiAddress(url, tempo), ...options }),
  ]),
]);

/**
 * The source that an address names by its scheme. Nothing is asked yet: what is wrong with the backend is told by the
 * first read. Throws `source_url` with what was expected.
 */
export function openSource(address: string, options: OpenSourceOptions = {}): TraceSource {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const open = url && openers.get(url.protocol.slice(0, -1));
  if (url === undefined || open === undefined)
    throw sourceError(
      'source_url',
      `Expected the address of a source (clickhouse://user:password@host:8123/database, jaeger+http://host:16686, tempo+http://host:3200), but received ${schemeOf(address)}. For a database file of the host's own, name it as its database instead.`,
    );
  return open(url, { pollMillis: options.pollMillis ?? 2000, now: options.now ?? Date.now });
}

/** The scheme alone: what follows may hold a password. */
function schemeOf(address: string): string {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(address) ?? [];
  return scheme === undefined
    ? 'an address without a scheme'
    : `one with the scheme ${JSON.stringify(scheme)}`;
}
