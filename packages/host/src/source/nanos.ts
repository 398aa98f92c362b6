/** Epoch milliseconds, exact to about a quarter of a microsecond. */
export function millisOf(nanos: bigint): number {
  return Number(nanos / 1_000_000n) + Number(nanos % 1_000_000n) / 1e6;
}

/** Epoch nanoseconds; what a double cannot hold of them is rounded. */
export function nanosOf(millis: number): bigint {
  const whole = Math.floor(millis);
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((millis - whole) * 1e6));
}
