import * as fc from 'fast-check';
import { z } from 'zod';
import { records } from './records.ts';
import type { RecordName, RecordOf } from './records.ts';

export const recordNames = Object.keys(records) as readonly RecordName[];

/** Any record that the schema of span `name` accepts, as somebody could write it. */
function arbitraryRecord<TName extends RecordName>(name: TName): fc.Arbitrary<RecordOf<TName>> {
  const schemas: { readonly [TKey in RecordName]: z.ZodType<RecordOf<TKey>> } = records;
  return arbitraryOf(schemas[name]).map((value) => schemas[name].parse(value));
}

/** Any record of any span, with its name. */
export const arbitraryNamedRecord = fc
  .constantFrom(...recordNames)
  .chain((name) => arbitraryRecord(name).map((record) => ({ name, record })));

function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return arbitraryObject(schema);
  if (schema instanceof z.ZodArray) return fc.array(arbitraryOf(schema.element), { maxLength: 5 });
  if (schema instanceof z.ZodRecord) return arbitraryPartial(schema);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodString) return fc.string({ unit: 'binary' });
  if (schema instanceof z.ZodNumber) {
    return (schema.isInt ? fc.maxSafeNat() : fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((value) => value + 0)
      .filter((value) => z.safeParse(schema, value).success);
  }
  throw new Error(`There is no arbitrary for a schema of type ${schema._zod.def.type}: add one here.`);
}

function arbitraryObject(schema: z.ZodObject): fc.Arbitrary<object> {
  const fields = Object.entries(schema.shape).map(([key, field]) => ({
    key,
    isRequired: !(field instanceof z.ZodOptional),
    value: arbitraryOf(field instanceof z.ZodOptional ? field.unwrap() : field),
  }));
  const known = fc.record(Object.fromEntries(fields.map(({ key, value }) => [key, value])), {
    requiredKeys: fields.filter(({ isRequired }) => isRequired).map(({ key }) => key),
  });
  return schema.def.catchall instanceof z.ZodUnknown
    ? fc.tuple(arbitraryExtras, known).map(([extras, object]) => Object.assign(extras, object))
    : known;
}

function arbitraryPartial(schema: z.ZodRecord): fc.Arbitrary<object> {
  if (!(schema.keyType instanceof z.ZodEnum))
    throw new Error('Only records with enumerated keys are known here.');
  const value = arbitraryOf(schema.valueType);
  return fc.record(Object.fromEntries(schema.keyType.options.map((key) => [key, value])), {
    requiredKeys: [],
  });
}

/** Further fields of a loose object: whatever OTel can hold, and objects of it. A dot would start a new level. */
const arbitraryExtras = (() => {
  const key = fc
    .string({ minLength: 1, maxLength: 12 })
    .filter((text) => !text.includes('.') && text !== '__proto__');
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const leaf = fc.oneof(
    fc.string(),
    number,
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.array(number, { maxLength: 3 }),
    fc.array(fc.boolean(), { maxLength: 3 }),
  );
  const members = (value: fc.Arbitrary<unknown>, minKeys: number) =>
    fc.dictionary(key, value, { minKeys, maxKeys: 4, noNullPrototype: true });
  return members(fc.oneof(leaf, members(leaf, 1)), 0);
})();
