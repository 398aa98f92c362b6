import type { HrTime } from '@opentelemetry/api';

/** A span, or an event of it, as the bytes that will be sent. It was written down once, when it ended. */
export type EncodedSpan = {
  readonly bytes: Buffer;
  readonly startTime: HrTime;
  /** What it shares with others and is sent once for all of them, such as its resource; empty where nothing is. */
  readonly group: Buffer;
};

export const noGroup: Buffer = Buffer.alloc(0);
