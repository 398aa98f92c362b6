import { readFileSync } from 'node:fs';
import type { TlsOptions } from '../delivery/http-poster.ts';

/** What the standard variables say; what is not set, or cannot be understood, is absent. */
export type OtlpEnvironment = {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression?: 'gzip' | 'none' | undefined;
  readonly protocol?: 'http/json' | 'http/protobuf' | undefined;
  readonly timeoutMillis?: number | undefined;
  readonly tls: TlsOptions;
};

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads `OTEL_EXPORTER_OTLP_*`, of which `OTEL_EXPORTER_OTLP_TRACES_*` win:
 * https://opentelemetry.io/docs/specs/otel/protocol/exporter/. Certificates are files.
 */
export function readOtlpEnvironment(variables: Variables): OtlpEnvironment {
  const read = (name: string): string | undefined =>
    variables[`OTEL_EXPORTER_OTLP_TRACES_${name}`]?.trim() ||
    variables[`OTEL_EXPORTER_OTLP_${name}`]?.trim() ||
    undefined;
  const own = variables['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']?.trim();
  const common = variables['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim();
  const compression = read('COMPRESSION');
  const protocol = read('PROTOCOL');
  const timeout = Number(read('TIMEOUT') ?? Number.NaN);
  return {
    // The common one is that of all signals, so that the path of this one is added.
    url: own || (common && `${common.replace(/\/+$/, '')}/v1/traces`) || undefined,
    headers: {
      ...headersOf(variables['OTEL_EXPORTER_OTLP_HEADERS']),
      ...headersOf(variables['OTEL_EXPORTER_OTLP_TRACES_HEADERS']),
    },
    compression: compression === 'gzip' || compression === 'none' ? compression : undefined,
    protocol: protocol === 'http/json' || protocol === 'http/protobuf' ? protocol : undefined,
    timeoutMillis: timeout > 0 ? timeout : undefined,
    tls: {
      ca: fileAt(read('CERTIFICATE')),
      cert: fileAt(read('CLIENT_CERTIFICATE')),
      key: fileAt(read('CLIENT_KEY')),
    },
  };
}

/** `a=1,b=two%20words`, as in W3C Baggage. */
function headersOf(text: string | undefined): Readonly<Record<string, string>> {
  const pairs = (text ?? '')
    .split(',')
    .map((pair) => pair.split(';')[0] ?? '')
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const at = pair.indexOf('=');
      return [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))] as const;
    });
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return text.trim();
  }
}

function fileAt(path: string | undefined): Buffer | undefined {
  return path === undefined ? undefined : readFileSync(path);
}
