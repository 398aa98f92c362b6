import { z } from 'zod';

const OtlpScope = z.object({ name: z.string().nullish(), version: z.string().nullish() });

/** The envelope of OTLP/JSON. Spans are read one by one, so that a bad one is rejected alone. */
export const OtlpRequest = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes: z.unknown() }).nullish(),
        scopeSpans: z
          .array(z.object({ scope: OtlpScope.nullish(), spans: z.array(z.unknown()).nullish() }))
          .nullish(),
      }),
    )
    .nullish(),
});
export type OtlpRequest = z.infer<typeof OtlpRequest>;
