import type { Issue } from './issue.ts';
import { readShape } from './read-shape.ts';
import { recordShapes } from './record-shapes.ts';
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
  const told: Issue[] = [];
  const problems: Issue[] = [];
  const record = readShape(recordShapes[name], tree, '', told, problems);
  return problems.length > 0
    ? { ok: false, issues: [...told, ...problems] }
    : // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is the schema's: a test compares them
      { ok: true, record: record as RecordOf<TName>, issues: told };
}

/** Whether a span carries one of the records. */
export function isRecordName(name: string): name is RecordName {
  return Object.hasOwn(recordShapes, name);
}
