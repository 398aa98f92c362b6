export type Instrument = {
  readonly name: string;
  /** As the code gives it: `s`, `By`, `{span}`. */
  readonly unit: string;
  /** The method that creates it, such as `createCounter`. */
  readonly kind: string;
};

const units: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes' };

/**
 * What Prometheus calls a metric of OpenTelemetry, by the compatibility part of its specification: dots become
 * underscores, the unit is appended where the name does not end with it, a counter ends with `_total`.
 */
export function prometheusNames({ name, unit, kind }: Instrument): readonly string[] {
  const plain = name.replaceAll('.', '_');
  const suffix = units[unit];
  const named = suffix === undefined || plain.endsWith(`_${suffix}`) ? plain : `${plain}_${suffix}`;
  if (kind === 'createHistogram') {
    return [`${named}_bucket`, `${named}_sum`, `${named}_count`];
  }
  return [kind === 'createCounter' || kind === 'createObservableCounter' ? `${named}_total` : named];
}
