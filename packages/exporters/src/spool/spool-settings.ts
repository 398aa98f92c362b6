import { z } from 'zod';

/** A folder that survives the process, and how much may be in it. */
export const SpoolSettings = z.strictObject({
  path: z.string().min(1),
  /** For each sink. When it is full, the oldest leave. */
  maxBytes: z
    .number()
    .int()
    .min(65_536)
    .default(256 * 1024 * 1024),
});
export type SpoolSettings = z.output<typeof SpoolSettings>;
