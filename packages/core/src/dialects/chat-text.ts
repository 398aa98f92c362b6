import { fieldsOf, isFields } from './fields-of.ts';
import type { Fields } from './fields-of.ts';

/**
 * A copy of a message whose content is one text, in the shape that it had: without pictures, and without the
 * refusal or the spoken answer that was its content. The same message where it makes calls.
 */
export function replaceChatText(item: object, text: string): object {
  const fields = fieldsOf(item);
  switch (fields.role) {
    case 'system':
    case 'developer':
    case 'user':
    case 'tool':
    case 'function':
      return { ...item, content: contentLike(fields.content, text) };
    case 'assistant':
      return makesCalls(fields) ? item : replaceAnswer(item, fields, text);
    default:
      return item;
  }
}

function replaceAnswer(item: object, fields: Fields, text: string): object {
  return {
    ...item,
    content: contentLike(fields.content, text),
    ...(typeof fields.refusal === 'string' ? { refusal: null } : {}),
    ...(isFields(fields.audio) ? { audio: null } : {}),
  };
}

function makesCalls(fields: Fields): boolean {
  const calls = fields.tool_calls;
  return (Array.isArray(calls) && calls.length > 0) || isFields(fields.function_call);
}

function contentLike(content: unknown, text: string): unknown {
  return Array.isArray(content) ? [{ type: 'text', text }] : text;
}
