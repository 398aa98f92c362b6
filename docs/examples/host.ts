import { createHost } from '@clew/host';

export const host = await createHost({
  database: './clew/spans.db',
  port: 0, // any free one; 5175 by default
  retention: { maxAgeMillis: 30 * 24 * 3_600_000, maxBytes: 20 * 1024 ** 3 },
  corsOrigins: ['https://viewer.example'],
  limits: { bodyBytes: 8 * 1024 ** 2, streams: 100 },
});
