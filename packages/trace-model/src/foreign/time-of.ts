/** Epoch milliseconds of an ISO time, where it is one. */
export function timeOf(text: string | undefined): number | undefined {
  const millis = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(millis) ? undefined : millis;
}
