import { z } from 'zod';

/** OTLP's AnyValue in JSON: exactly one of the fields is set, or none for an empty value. */
const AnyValue = z.object({
  stringValue: z.string().nullish(),
  boolValue: z.boolean().nullish(),
  /** 64 bits do not fit a JSON number, so senders write text; some write a number all the same. */
  intValue: z.union([z.string().regex(/^-?\d{1,20}$/), z.int()]).nullish(),
  /** `NaN` and the infinities are text. */
  doubleValue: z.union([z.number(), z.string()]).nullish(),
  bytesValue: z.string().nullish(),
  get arrayValue() {
    return z.object({ values: z.array(AnyValue).nullish() }).nullish();
  },
  get kvlistValue() {
    return z.object({ values: z.array(KeyValue).nullish() }).nullish();
  },
});
type AnyValue = z.infer<typeof AnyValue>;

export const KeyValue = z.object({ key: z.string(), value: AnyValue.nullish() });
export type KeyValue = z.infer<typeof KeyValue>;

/** Attributes under their dotted keys. The last of a repeated key wins. */
export function toAttributes(list: readonly KeyValue[] | null | undefined): Record<string, unknown> {
  return Object.fromEntries((list ?? []).map(({ key, value }) => [key, toPlain(value)]));
}

/** The plain value. An integer beyond 2^53 stays text, exact; bytes stay base64; an empty value is null. */
function toPlain(value: AnyValue | null | undefined): unknown {
  if (!value) return null;
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(toPlain);
  if (value.kvlistValue) return toAttributes(value.kvlistValue.values);
  if (value.intValue !== null && value.intValue !== undefined) return toInteger(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue ?? value.bytesValue ?? null;
}

function toInteger(value: string | number): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
