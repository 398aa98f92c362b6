import { z } from 'zod';

const GIB = 1024 ** 3;

/** What a host keeps. The session to which nothing was added for longest goes first, whole. */
export const HostRetention = z.strictObject({
  maxAgeMillis: z
    .int()
    .positive()
    .optional()
    .describe('Sessions to which nothing was added for longer than this go. None by default.'),
  maxBytes: z
    .int()
    .min(4 * 1024 * 1024)
    .optional()
    .describe(
      "What the database's files take on the disk, log included. 4 GiB by default; 512 MiB in memory.",
    ),
  everyMillis: z.int().positive().default(2000).describe('How often it is looked at.'),
});
export type HostRetention = z.infer<typeof HostRetention>;

export function defaultMaxBytes(database: string): number {
  return database === ':memory:' ? GIB / 2 : 4 * GIB;
}
