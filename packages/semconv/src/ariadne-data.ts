import type { RecordName, RecordOf } from './records.ts';
import { describe } from './sentence.ts';

/** The `data` of an Ariadne event. Its stock inspector shows `output_text`. */
export type AriadneData<TName extends RecordName> = RecordOf<TName> & { output_text: string };

/** The record itself, and one sentence for people who have no plugin. */
export function toAriadneData<TName extends RecordName>(
  name: TName,
  record: RecordOf<TName>,
): AriadneData<TName> {
  return { ...record, output_text: describe(name, record) };
}
