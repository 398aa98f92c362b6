import { fieldsOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';

/**
 * A copy of an input item of the Responses API whose payload is one text, in the shape that it had. The same item
 * where the format has no place for a text: a call, reasoning, a screenshot, an approval.
 */
export function replaceResponsesText(item: object, text: string): object {
  const fields = fieldsOf(item);
  switch (fields.type) {
    case undefined:
    case 'message':
      return isMessageRole(fields.role) ? { ...item, content: contentLike(fields, text) } : item;
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { ...item, output: Array.isArray(fields.output) ? [{ type: 'input_text', text }] : text };
    case 'shell_call_output':
      return { ...item, output: [shellOutputLike(fields.output, text)] };
    case 'local_shell_call_output':
    case 'apply_patch_call_output':
      return { ...item, output: text };
    case 'program_output':
      return { ...item, ['result' in fields ? 'result' : 'output']: text };
    default:
      return item;
  }
}

function isMessageRole(role: unknown): boolean {
  return role === 'system' || role === 'developer' || role === 'user' || role === 'assistant';
}

/** The easy form takes a text for every role; a list of the assistant's holds output. */
function contentLike({ role, content }: Fields, text: string): unknown {
  if (!Array.isArray(content)) return text;
  return role === 'assistant'
    ? [{ type: 'output_text', text, annotations: [] }]
    : [{ type: 'input_text', text }];
}

/** Keeps how the last command ended. */
function shellOutputLike(output: unknown, text: string): unknown {
  const last = fieldsOf(Array.isArray(output) ? output.at(-1) : undefined);
  return { outcome: { type: 'exit', exit_code: 0 }, ...last, stdout: text, stderr: '' };
}
