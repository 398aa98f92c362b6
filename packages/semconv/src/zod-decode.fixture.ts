import { z } from 'zod';
import { issueAt } from './issue.ts';
import type { Issue } from './issue.ts';
import { isTree } from './nest.ts';
import { records, type RecordName } from './records.ts';

type Path = readonly PropertyKey[];

/** The same as `decodeTree`, by the schemas themselves: what it is held against. */
export function zodDecode(
  name: RecordName,
  tree: unknown,
): { readonly ok: boolean; readonly record?: unknown; readonly paths: readonly string[] } {
  const issues: Issue[] = [];
  const parsed = records[name].safeParse(coerce(records[name], tree, [], issues));
  if (parsed.success) return { ok: true, record: parsed.data, paths: issues.map(({ path }) => path) };
  const problems = parsed.error.issues.map(({ path, message }) => issueAt(path, message));
  return { ok: false, paths: [...issues, ...problems].map(({ path }) => path) };
}

/**
 * Brings a value towards its schema, because stores lose types: ClickHouse maps hold only strings, OTLP writes
 * int64 as strings, nested values travel as JSON text. What does not fit stays as it is, for the schema to
 * refuse; an optional field that does not fit is left out and told in `issues`.
 */
function coerce(schema: z.core.$ZodType, value: unknown, path: Path, issues: Issue[]): unknown {
  if (schema instanceof z.ZodOptional) return coerceOptional(schema.unwrap(), value, path, issues);
  if (schema instanceof z.ZodObject) return coerceObject(schema, fromJson(value), path, issues);
  if (schema instanceof z.ZodRecord) return coerceRecord(schema, fromJson(value ?? {}), path, issues);
  if (schema instanceof z.ZodArray) {
    const list = fromJson(value);
    return Array.isArray(list)
      ? list.map((item, index) => coerce(schema.element, item, [...path, index], issues))
      : list;
  }
  if (schema instanceof z.ZodNumber) return toNumber(value);
  if (schema instanceof z.ZodBoolean) return toBoolean(value);
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return toText(value);
  return value;
}

function coerceOptional(inner: z.core.$ZodType, value: unknown, path: Path, issues: Issue[]): unknown {
  if (value === undefined || value === null) return undefined;
  const coerced = coerce(inner, value, path, issues);
  const [problem] = z.safeParse(inner, coerced).error?.issues ?? [];
  if (problem === undefined) return coerced;
  issues.push(issueAt([...path, ...problem.path], problem.message));
  return undefined;
}

function coerceObject(schema: z.ZodObject, value: unknown, path: Path, issues: Issue[]): unknown {
  if (!isTree(value)) return value;
  const known = Object.entries(schema.shape).flatMap(([key, field]) => {
    const coerced = coerce(field, Object.hasOwn(value, key) ? value[key] : undefined, [...path, key], issues);
    return coerced === undefined ? [] : [[key, coerced] as const];
  });
  const isLoose = schema.def.catchall instanceof z.ZodUnknown;
  return { ...(isLoose ? value : {}), ...Object.fromEntries(known) };
}

/** Keys of a later version are left out: one category more must not cost the whole record. */
function coerceRecord(schema: z.ZodRecord, value: unknown, path: Path, issues: Issue[]): unknown {
  if (!isTree(value)) return value;
  const entries = Object.entries(value).flatMap(([key, member]) =>
    z.safeParse(schema.keyType, key).success
      ? [[key, coerce(schema.valueType, member, [...path, key], issues)] as const]
      : [],
  );
  return Object.fromEntries(entries);
}

function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function toNumber(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

function toBoolean(value: unknown): unknown {
  if (value === 'true' || value === 1 || value === '1') return true;
  return value === 'false' || value === 0 || value === '0' ? false : value;
}

function toText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
}
