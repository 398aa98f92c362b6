import { z } from 'zod';
import { ATTRIBUTE_PREFIX } from './from-attributes.ts';
import { isTree } from './nest.ts';
import { records } from './records.ts';
import type { RecordName, RecordOf } from './records.ts';

/** What an OTel attribute may hold on every SDK and backend. */
export type AttributeValue = string | number | boolean | string[] | number[] | boolean[];
export type Attributes = Record<string, AttributeValue>;

/**
 * The record as OTel attributes: flattened with dots under `compact.`. Scalars and arrays of scalars stay as
 * they are, a list of objects becomes JSON text, and what is undefined is left out.
 */
export function toAttributes<TName extends RecordName>(name: TName, record: RecordOf<TName>): Attributes {
  const attributes: Attributes = {};
  flatten(records[name], ATTRIBUTE_PREFIX, record, attributes);
  return attributes;
}

function flatten(schema: z.core.$ZodType | undefined, key: string, value: unknown, into: Attributes): void {
  if (schema instanceof z.ZodOptional) {
    flatten(schema.unwrap(), key, value, into);
  } else if (isTree(value)) {
    // Only the fields of the schema leave, so that nothing slips out by accident; a loose object says otherwise.
    const shape = schema instanceof z.ZodObject ? schema.shape : undefined;
    const isOpen = !(schema instanceof z.ZodObject) || schema.def.catchall instanceof z.ZodUnknown;
    for (const [name, member] of Object.entries(value)) {
      const field = shape !== undefined && Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (isOpen || field !== undefined) flatten(field, `${key}.${name}`, member, into);
    }
  } else if (Array.isArray(value)) {
    into[key] = isListOfScalars(schema, value) ? value : JSON.stringify(value);
  } else if (isScalar(value)) {
    into[key] = value;
  }
}

/** An empty list has no elements to judge by, so the schema decides: a key must not change its type. */
function isListOfScalars(
  schema: z.core.$ZodType | undefined,
  list: readonly unknown[],
): list is string[] | number[] | boolean[] {
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) return false;
  return list.every((item) => isScalar(item) && typeof item === typeof list[0]);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
