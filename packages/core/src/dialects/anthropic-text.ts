import { blocksOf, isClientCall, isClientResult, isServerCall, isServerResult } from './anthropic-blocks.ts';
import { fieldsOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';

/**
 * A copy of a message whose content is one text: without pictures, documents and thinking. Of a message with tool
 * results each result stays, since its call must be answered; the first of several, or the user's words, hold the
 * text, and the others are empty. The same message where it makes calls.
 */
export function replaceAnthropicText(item: object, text: string): object {
  const fields = fieldsOf(item);
  switch (fields.role) {
    case 'system':
      return { ...item, content: plainContent(fields.content, text) };
    case 'user':
      return { ...item, content: userContent(fields.content, text) };
    case 'assistant':
      return blocksOf(fields.content).some(isTool)
        ? item
        : { ...item, content: plainContent(fields.content, text) };
    default:
      return item;
  }
}

function isTool(block: Fields): boolean {
  return isClientCall(block) || isServerCall(block) || isClientResult(block) || isServerResult(block);
}

function userContent(content: unknown, text: string): unknown {
  const blocks = blocksOf(content);
  const results = blocks.filter(isClientResult);
  if (results.length === 0) return plainContent(content, text);
  if (results.length < blocks.length) return [...results.map(emptied), { type: 'text', text }];
  return results.map((block, index) => (index === 0 ? { ...block, content: text } : emptied(block)));
}

/** A result without content is an empty one. */
function emptied(block: Fields): Fields {
  return Object.fromEntries(Object.entries(block).filter(([key]) => key !== 'content'));
}

function plainContent(content: unknown, text: string): unknown {
  return Array.isArray(content) ? [{ type: 'text', text }] : text;
}
