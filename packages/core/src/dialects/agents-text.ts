import { fieldsOf, isFields } from './fields-of.ts';
import type { Fields } from './fields-of.ts';

/**
 * A copy of an item of the Agents SDK whose payload is one text, in the shape that it had. The same item where
 * the format has no place for a text: the arguments of a call, reasoning, a screenshot, an approval.
 */
export function replaceAgentText(item: object, text: string): object {
  const fields = fieldsOf(item);
  switch (fields.type) {
    case undefined:
    case 'message':
      return isMessageRole(fields.role) ? { ...item, content: contentLike(fields, text) } : item;
    case 'function_call_result':
      return { ...item, output: outputLike(fields.output, text) };
    case 'shell_call_output':
      return { ...item, output: [shellOutputLike(fields.output, text)] };
    case 'apply_patch_call_output':
    case 'program_output':
      return { ...item, output: text };
    default:
      return item;
  }
}

function isMessageRole(role: unknown): boolean {
  return role === 'system' || role === 'developer' || role === 'user' || role === 'assistant';
}

/** An assistant's content is always a list, a system message's always a string. */
function contentLike({ role, content }: Fields, text: string): unknown {
  if (role === 'assistant') return [{ type: 'output_text', text }];
  return role === 'user' && Array.isArray(content) ? [{ type: 'input_text', text }] : text;
}

function outputLike(output: unknown, text: string): unknown {
  if (Array.isArray(output)) return [{ type: 'input_text', text }];
  return isFields(output) ? { type: 'text', text } : text;
}

/** Keeps how the last command ended. */
function shellOutputLike(output: unknown, text: string): unknown {
  const last = fieldsOf(Array.isArray(output) ? output.at(-1) : undefined);
  return { outcome: { type: 'exit', exitCode: null }, ...last, stdout: text, stderr: '' };
}
