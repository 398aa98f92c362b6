import type { ItemView } from '../item-view.ts';
import {
  answeredBy,
  blocksOf,
  isClientCall,
  isClientResult,
  isServerCall,
  isServerResult,
  openedBy,
} from './anthropic-blocks.ts';
import { fieldsOf, idOf, stringOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';
import { jsonText } from './json-text.ts';
import { joinContents, readContent } from './read-content.ts';
import type { Content } from './read-content.ts';
import { sealedTokens } from './sealed-tokens.ts';

/**
 * What the engine knows of a message of the Messages API.
 *
 * A user message that holds only tool results is a `result`; one in which the user also speaks is a `message` that
 * answers its calls all the same. A tool that the provider ran is complete where its result stands in the same
 * message, and ties two messages together where it came in the next. Redacted thinking is no text.
 */
export function viewAnthropicMessage(item: unknown): ItemView {
  const fields = fieldsOf(item);
  const { role } = fields;
  const content = readBlocks(fields.content);
  switch (role) {
    case 'system':
      return { kind: 'message', role, calls: [], answers: [], ...content };
    case 'user':
      return viewUser(fields, content);
    case 'assistant':
      return viewAssistant(fields, content);
    default:
      return {
        kind: 'other',
        role: 'assistant',
        calls: [],
        answers: [],
        text: jsonText(item),
        mediaCount: 0,
      };
  }
}

function viewUser(fields: Fields, content: Read): ItemView {
  const blocks = blocksOf(fields.content);
  const answers = distinct(blocks.map(answeredBy));
  const isResult = answers.length > 0 && blocks.every(isClientResult);
  return isResult
    ? { kind: 'result', role: 'tool', calls: [], answers, ...content }
    : { kind: 'message', role: 'user', calls: [], answers, ...content };
}

function viewAssistant(fields: Fields, content: Read): ItemView {
  const blocks = blocksOf(fields.content);
  const opened = distinct(blocks.map(openedBy));
  const answered = distinct(blocks.map(answeredBy));
  const view = {
    role: 'assistant',
    calls: opened.filter((id) => !answered.includes(id)),
    answers: answered.filter((id) => !opened.includes(id)),
    ...content,
  } as const;
  const made = blocks.filter((block) => isClientCall(block) || isServerCall(block));
  if (made.length === 0 && answered.length === 0) return { ...view, kind: 'message' };
  const toolOf = Object.fromEntries(
    made.flatMap((block) => (openedBy(block) === undefined ? [] : [[openedBy(block), stringOf(block.name)]])),
  );
  const tools = distinct(made.map(({ name }) => idOf(name)));
  return { ...view, kind: 'call', ...(tools.length === 0 ? {} : { tool: tools.join(', ') }), toolOf };
}

function readBlocks(content: unknown): Read {
  const blocks = blocksOf(content);
  const sealed = blocks.flatMap((block) =>
    block.type === 'redacted_thinking' ? (sealedTokens(block.data).sealedTokens ?? []) : [],
  );
  const total = sealed.reduce((sum, tokens) => sum + tokens, 0);
  return { ...joinContents(blocks.map(readBlock)), ...(total === 0 ? {} : { sealedTokens: total }) };
}

type Read = Content & Pick<ItemView, 'sealedTokens'>;

function readBlock(block: Fields): Content {
  if (isClientCall(block) || isServerCall(block)) {
    return { text: `${stringOf(block.name)}(${jsonText(block.input)})`, mediaCount: 0 };
  }
  if (isClientResult(block) || isServerResult(block)) {
    return block.content === undefined ? { text: '', mediaCount: 0 } : readContent(block.content);
  }
  switch (block.type) {
    case 'thinking':
      return { text: stringOf(block.thinking), mediaCount: 0 };
    case 'redacted_thinking':
      return { text: '', mediaCount: 0 };
    case 'search_result':
      return readContent(block.content);
    default:
      return readContent(block);
  }
}

function distinct(ids: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== undefined))];
}
