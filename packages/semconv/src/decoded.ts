import type { z } from 'zod';
import { coerce } from './coerce.ts';
import { issueAt } from './issue.ts';
import type { Issue } from './issue.ts';
import { records } from './records.ts';
import type { RecordName, RecordOf } from './records.ts';

/**
 * A record that was read from outside. Where it is `ok`, `issues` names the optional fields that were present
 * but not readable (a ledger cut off by a length limit, say) and have been left out.
 */
export type Decoded<TRecord> =
  | { readonly ok: true; readonly record: TRecord; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads the record of span `name` from a tree of values whose types may have been lost on the way. */
export function decodeTree<TName extends RecordName>(name: TName, tree: unknown): Decoded<RecordOf<TName>> {
  const issues: Issue[] = [];
  const coerced = coerce(schemas[name], tree, [], issues);
  const parsed = schemas[name].safeParse(coerced);
  return parsed.success
    ? { ok: true, record: parsed.data, issues }
    : {
        ok: false,
        issues: [...issues, ...parsed.error.issues.map(({ path, message }) => issueAt(path, message))],
      };
}

const schemas: { readonly [TName in RecordName]: z.ZodType<RecordOf<TName>> } = records;
