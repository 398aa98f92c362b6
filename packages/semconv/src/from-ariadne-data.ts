import { decodeTree, type Decoded } from './decoded.ts';
import type { RecordName, RecordOf } from './records.ts';

/** The record that an Ariadne event of span `name` carries in its `data`. */
export function fromAriadneData<TName extends RecordName>(
  name: TName,
  data: unknown,
): Decoded<RecordOf<TName>> {
  return decodeTree(name, data);
}
