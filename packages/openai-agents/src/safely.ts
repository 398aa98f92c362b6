import { diag } from '@opentelemetry/api';

/** Runs work that may fail without harm to the model's call. What fails is reported, and gives `undefined`. */
export type Safely = <TResult>(work: () => TResult) => TResult | undefined;

export function safelyReporting(report: (error: unknown) => void): Safely {
  return (work) => {
    try {
      return work();
    } catch (error) {
      report(error);
      return undefined;
    }
  };
}

/** Reports to `onError`, or to OTel's `diag`, and itself never throws. */
export function reporter(
  onError: ((error: unknown) => void) | undefined,
  message: string,
): (error: unknown) => void {
  return (error) => {
    try {
      if (onError === undefined) diag.warn(`[clew] ${message}`, error);
      else onError(error);
    } catch {
      // A reporter that throws must not harm the run either.
    }
  };
}
