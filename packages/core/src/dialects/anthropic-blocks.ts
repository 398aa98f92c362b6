import { fieldsOf, idOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';

/** The content of a message as blocks: a text is one block, and anything odd is none. */
export function blocksOf(content: unknown): readonly Fields[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.map(fieldsOf) : [];
}

/** A call that the caller answers in the next message. */
export function isClientCall({ type }: Fields): boolean {
  return type === 'tool_use';
}

/** A call that the provider runs: it is answered in the same message, or in the next one of the assistant. */
export function isServerCall({ type }: Fields): boolean {
  return type === 'server_tool_use' || type === 'mcp_tool_use';
}

/** An answer of the caller. */
export function isClientResult({ type }: Fields): boolean {
  return type === 'tool_result';
}

/** An answer of the provider: `web_search_tool_result`, `mcp_tool_result` and their kin. */
export function isServerResult({ type }: Fields): boolean {
  return typeof type === 'string' && type !== 'tool_result' && type.endsWith('_tool_result');
}

export function isThinking({ type }: Fields): boolean {
  return type === 'thinking' || type === 'redacted_thinking';
}

/** The id of the call that a block opens. */
export function openedBy(block: Fields): string | undefined {
  return isClientCall(block) || isServerCall(block) ? idOf(block.id) : undefined;
}

/** The id of the call that a block answers. */
export function answeredBy(block: Fields): string | undefined {
  return isClientResult(block) || isServerResult(block) ? idOf(block.tool_use_id) : undefined;
}
