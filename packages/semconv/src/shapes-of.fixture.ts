import { z } from 'zod';
import { records } from './records.ts';
import type { ScalarShape, Shape } from './shape.ts';

/** The shapes of all records, from their schemas: what `record-shapes.ts` has to say. */
export function shapesOfRecords(): Readonly<Record<string, Shape>> {
  return Object.fromEntries(Object.entries(records).map(([name, schema]) => [name, shapeOf(schema)]));
}

function shapeOf(schema: z.core.$ZodType): Shape {
  if (schema instanceof z.ZodString && (schema.def.checks ?? []).length === 0) return 'text';
  if (schema instanceof z.ZodBoolean) return 'flag';
  if (schema instanceof z.ZodNumber) return scalarOf(schema);
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodArray) return { list: shapeOf(schema.element) };
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) {
    return { keys: schema.keyType.options.map(String), values: shapeOf(schema.valueType) };
  }
  if (schema instanceof z.ZodObject) {
    const members = Object.entries(schema.shape).map(([key, member]: [string, z.core.$ZodType]) =>
      member instanceof z.ZodOptional ? [`${key}?`, shapeOf(member.unwrap())] : [key, shapeOf(member)],
    );
    const isLoose = schema.def.catchall instanceof z.ZodUnknown;
    return { members: Object.fromEntries(members), ...(isLoose && { isLoose }) };
  }
  throw new Error(`A record has a schema that no shape says yet: ${schema.constructor.name}.`);
}

const bySchema: Readonly<Record<string, ScalarShape>> = {
  '{"type":"number"}': 'number',
  '{"type":"integer","minimum":0,"maximum":9007199254740991}': 'count',
  '{"type":"integer","exclusiveMinimum":0,"maximum":9007199254740991}': 'ordinal',
  '{"type":"number","minimum":0}': 'amount',
  '{"type":"number","exclusiveMinimum":0}': 'positive',
  '{"type":"number","minimum":0,"maximum":1}': 'share',
};

function scalarOf(schema: z.ZodNumber): ScalarShape {
  const { $schema: _, ...said } = z.toJSONSchema(schema);
  const scalar = bySchema[JSON.stringify(said)];
  if (scalar === undefined)
    throw new Error(`A record has a number that no shape says yet: ${JSON.stringify(said)}.`);
  return scalar;
}
