import type { ConfigFile, ExporterName } from './config.ts';

type Telemetry = ConfigFile['telemetry'];

/** Telemetry with nothing left to choose: each name is a sink. */
export type SettledTelemetry = Omit<Telemetry, 'exporter'> & {
  readonly exporter: readonly (ExporterName | 'quiet')[];
};

export type SettleOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether an Ariadne or a Clew host answers at this `/ingest`. */
  readonly answers: (ingestUrl: string) => Promise<boolean>;
};

const defaultUrl = 'http://localhost:5175/ingest';

/**
 * Chooses where spans go where nobody said it. The standard `OTEL_*` variables speak to a whole process, so what is
 * said of Clew itself wins over them.
 */
export async function settleTelemetry(
  telemetry: Telemetry,
  { environment, answers }: SettleOptions,
): Promise<SettledTelemetry> {
  const { exporter, service_name: name } = telemetry;
  const service_name = name === 'agent' ? environment['OTEL_SERVICE_NAME']?.trim() || name : name;
  const settled = { ...telemetry, service_name };
  if (exporter !== 'auto') {
    return { ...settled, exporter: typeof exporter === 'string' ? [exporter] : exporter };
  }
  if (telemetry.ariadne_url !== defaultUrl) return { ...settled, exporter: ['ariadne'] };
  const standard = standardExporters(environment, telemetry.otlp_url);
  if (standard !== undefined) return { ...settled, exporter: standard };
  return { ...settled, exporter: [(await answers(defaultUrl)) ? 'ariadne' : 'quiet'] };
}

/** What the variables of OpenTelemetry say; nothing where they are silent. */
function standardExporters(
  environment: SettleOptions['environment'],
  otlpUrl: string | undefined,
): readonly ExporterName[] | undefined {
  if (environment['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') return ['none'];
  const written = (environment['OTEL_TRACES_EXPORTER'] ?? '').split(',');
  const named = new Set(written.map((name) => name.trim()));
  const known = (['otlp', 'console', 'none'] as const).filter((name) => named.has(name));
  if (known.length > 0) return known;
  const endpoint =
    otlpUrl ??
    (environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']?.trim() ||
      environment['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim());
  return endpoint ? ['otlp'] : undefined;
}

/** Asks `/healthz` beside the `/ingest`, for a moment only: an application does not wait for its telemetry. */
export async function answersHealthz(ingestUrl: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('healthz', ingestUrl), { signal: AbortSignal.timeout(300) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
