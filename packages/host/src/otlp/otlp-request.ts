import { z } from 'zod';
import { KeyValue } from './attribute-value.ts';

/** 64-bit nanoseconds: text by the JSON mapping; some senders write a number, which has lost its last digits. */
const Nanos = z.union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative().refine(Number.isInteger)]);
const Attributes = z.array(KeyValue).nullish();

/** A span in OTLP/JSON. Ids are checked when it is converted. */
export const OtlpSpan = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().nullish(),
  name: z.string().nullish(),
  kind: z.number().nullish(),
  startTimeUnixNano: Nanos.nullish(),
  endTimeUnixNano: Nanos.nullish(),
  attributes: Attributes,
  events: z
    .array(z.object({ timeUnixNano: Nanos.nullish(), name: z.string().nullish(), attributes: Attributes }))
    .nullish(),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).nullish(),
  status: z.object({ code: z.number().nullish(), message: z.string().nullish() }).nullish(),
});
export type OtlpSpan = z.infer<typeof OtlpSpan>;

export const OtlpScope = z.object({ name: z.string().nullish(), version: z.string().nullish() });
export type OtlpScope = z.infer<typeof OtlpScope>;

/** The envelope. Spans are read one by one, so that a bad one is rejected alone. */
export const OtlpRequest = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes: Attributes }).nullish(),
        scopeSpans: z
          .array(z.object({ scope: OtlpScope.nullish(), spans: z.array(z.unknown()).nullish() }))
          .nullish(),
      }),
    )
    .nullish(),
});
export type OtlpRequest = z.infer<typeof OtlpRequest>;
