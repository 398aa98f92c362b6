import { diag } from '@opentelemetry/api';

/** Telemetry never throws into the host app: what fails here is told to OTel's own diagnostics. */
export function quietly<TValue>(tell: () => TValue): TValue | undefined {
  try {
    return tell();
  } catch (error) {
    complain(error);
    return undefined;
  }
}

function complain(error: unknown): void {
  try {
    diag.warn('[clew] Telemetry of a compaction was lost.', error);
  } catch {
    // A logger that throws is the last place to tell.
  }
}
