import type { AgentItem } from '@clew/core';
import type { AgentInputItem, ModelRequest } from '@openai/agents-core';

/** A string is one message of the user. */
export function itemsOfInput(input: ModelRequest['input']): readonly AgentItem[] {
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
}

/** The engine gives back the SDK's own items, and messages that its dialect made for the SDK. */
export function inputItemsOf(items: readonly AgentItem[]): AgentInputItem[] {
  if (items.every(isInputItem)) return [...items];
  throw new TypeError(
    'Expected items of the Agents SDK from the manager, each with a role or a type. Give it the dialect `agents`.',
  );
}

function isInputItem(item: AgentItem): item is AgentItem & AgentInputItem {
  return 'role' in item || 'type' in item;
}
