import { fieldsOf, idOf, listOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';

/**
 * A program of the Agents SDK or the Responses API, its output, and the calls that it makes must leave together.
 *
 * A program opens two ids: its own, and one for its children. Each child answers the second, which ties it to the
 * program and still leaves the program pending; the program's output answers both.
 */
export const programTies = {
  /** What a program opens and its output answers. */
  ofProgram: (fields: Fields): readonly string[] =>
    listOf(idOf(fields.callId, fields.call_id)).flatMap((id) => [id, childrenOf(id)]),

  /** What a call answers that a program made; nothing for any other call. */
  ofChild: (fields: Fields): readonly string[] => {
    const caller = fieldsOf(fields.caller);
    return caller.type === 'program' ? listOf(idOf(caller.callerId, caller.caller_id)).map(childrenOf) : [];
  },
};

function childrenOf(programId: string): string {
  return `${programId}/children`;
}
