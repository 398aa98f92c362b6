import { isClientCall, isClientResult } from './anthropic-blocks.ts';
import { clearedContent, withContent } from './clear-media.ts';
import { fieldsOf, isFields } from './fields-of.ts';

/** Of what the user sent and of what tools gave back; what the provider's own tools gave back is signed or cited. */
export function clearAnthropicMedia(item: object): object {
  const { role, content } = fieldsOf(item);
  if (role !== 'user' || !Array.isArray(content)) return item;
  const blocks = content.map((block: unknown) => {
    if (!isFields(block) || !isClientResult(block)) return clearedContent(block, 'text');
    return withContent(block, 'content', clearedContent(block['content'], 'text'));
  });
  return blocks.every((block, index) => block === content[index]) ? item : { ...item, content: blocks };
}

/** A call keeps its id and its name; its input is an object, and an empty one. Thinking stays as it was signed. */
export function clearAnthropicInput(item: object): object {
  const { role, content } = fieldsOf(item);
  if (role !== 'assistant' || !Array.isArray(content)) return item;
  const blocks = content.map((block: unknown) => {
    if (!isFields(block) || !isClientCall(block)) return block;
    return Object.keys(fieldsOf(block['input'])).length === 0 ? block : { ...block, input: {} };
  });
  return blocks.every((block, index) => block === content[index]) ? item : { ...item, content: blocks };
}
