/** The flags of a span or a link in OTLP: those of W3C in the low byte, and whether its parent came from elsewhere. */
export function spanFlags(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | 0x1_00 | (isRemote === true ? 0x2_00 : 0);
}

/** Whether a number is written as a whole one of 64 bits. */
export function isInt64(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
}
