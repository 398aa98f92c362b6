/** Epoch milliseconds of an ISO 8601 time in UTC. `Date` stops at milliseconds; microseconds are kept here. */
export function isoToMillis(iso: string): number {
  const micros = /\.\d{3}(\d{1,3})/.exec(iso)?.[1] ?? '';
  return (Date.parse(iso) * 1000 + Number(micros.padEnd(3, '0'))) / 1000;
}

/** The ISO 8601 form, in UTC with a `Z`, with microseconds only where there are any. */
export function millisToIso(millis: number): string {
  const micros = Math.round(millis * 1000);
  const whole = Math.floor(micros / 1000);
  const rest = micros - whole * 1000;
  const iso = new Date(whole).toISOString();
  return rest === 0 ? iso : iso.replace('Z', `${String(rest).padStart(3, '0')}Z`);
}
