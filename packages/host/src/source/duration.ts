const millis: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30s`, `15m`, `6h`, `7d` in milliseconds; `undefined` where it is none of them. */
export function readDuration(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,9})(ms|[smhd])$/.exec(text) ?? [];
  const factor = millis[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
