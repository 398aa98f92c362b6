import { decodeTree, type Decoded } from './decoded.ts';
import { nest } from './nest.ts';
import type { RecordName, RecordOf } from './records.ts';

export const ATTRIBUTE_PREFIX = 'compact';

/**
 * The record that span `name` carries in its attributes. Unknown keys, missing optional fields, and numbers,
 * booleans and arrays that arrive as text are all read. Values of the loose `policy` beyond its known fields
 * have no type to be brought back to: there text stays text.
 */
export function fromAttributes<TName extends RecordName>(
  name: TName,
  attributes: Readonly<Record<string, unknown>>,
): Decoded<RecordOf<TName>> {
  return decodeTree(name, nest(attributes, ATTRIBUTE_PREFIX));
}
