import { agents, anthropic, chat, responses } from '@clew/core';
import { nativesIn } from './native.ts';
import type { Native } from './native.ts';
import type { SessionContent } from './session-format.ts';

const anthropicBlocks = new Set([
  'tool_use',
  'tool_result',
  'thinking',
  'redacted_thinking',
  'server_tool_use',
]);
const agentTypes = new Set(['function_call_result', 'hosted_tool_call', 'computer_call_result']);
const responsesParts = new Set(['input_text', 'output_text', 'input_image', 'input_file']);

/** Messages of one of the four formats that the engine itself speaks, told apart by what only one of them has. */
export function plainMessages(values: readonly Native[]): SessionContent | undefined {
  if (values.some(isAgentItem)) return { format: 'agents', dialect: agents, items: values };
  if (values.some(isResponsesItem)) return { format: 'responses', dialect: responses, items: values };
  const items = values.filter(({ role }) => typeof role === 'string');
  if (items.length === 0) return undefined;
  return items.some(isAnthropicMessage)
    ? { format: 'anthropic', dialect: anthropic, items }
    : { format: 'chat', dialect: chat, items };
}

function isAgentItem({ type, callId, providerData }: Native): boolean {
  return agentTypes.has(String(type)) || typeof callId === 'string' || providerData !== undefined;
}

function isResponsesItem(item: Native): boolean {
  const { type, content } = item;
  if (typeof item['call_id'] === 'string' || type === 'reasoning' || type === 'function_call') return true;
  return nativesIn(content).some((part) => responsesParts.has(String(part['type'])));
}

function isAnthropicMessage({ role, content }: Native): boolean {
  if (role !== 'user' && role !== 'assistant') return false;
  return nativesIn(content).some(
    ({ type, source }) => anthropicBlocks.has(String(type)) || (type === 'image' && source !== undefined),
  );
}
