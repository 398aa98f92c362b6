import type { AgentInputItem, ModelRequest } from '@openai/agents';

/** Counts the tokens of a text. */
export type CountTokens = (text: string) => number;

/** What a chat format adds around each item. */
const framingTokens = 4;

/** The size of the prompt that a request makes: instructions, tools, hand-offs and items. */
export function promptTokens(request: ModelRequest, count: CountTokens): number {
  const fixed = [
    request.systemInstructions ?? '',
    ...request.tools.map((tool) => JSON.stringify(tool)),
    ...request.handoffs.map((handoff) => JSON.stringify(handoff)),
  ];
  return (
    fixed.reduce((sum, text) => sum + count(text), 0) +
    itemsOf(request).reduce((sum, item) => sum + itemTokens(item, count), 0)
  );
}

export function itemTokens(item: AgentInputItem, count: CountTokens): number {
  return count(itemText(item)) + framingTokens;
}

export function itemsOf(request: ModelRequest): readonly AgentInputItem[] {
  return typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : request.input;
}

/** Everything of an item that a model reads. */
export function itemText(item: AgentInputItem): string {
  if (item.type === 'function_call') return `${item.name} ${item.arguments}`;
  if (item.type === 'function_call_result') return contentText(item.output);
  if (item.type === undefined || item.type === 'message') return contentText(item.content);
  return JSON.stringify(item);
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
  return parts.map(partText).join('\n');
}

function partText(part: unknown): string {
  if (typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string')
    return part.text;
  return JSON.stringify(part);
}
