import type { AgentInputItem } from '@openai/agents';
import { ModelError } from './model-error.ts';

/** Throws what a provider would answer to a call without its result, or a result without its call. */
export function checkPairs(items: readonly AgentInputItem[]): void {
  const open = new Set<string>();
  for (const item of items) {
    if (item.type === 'function_call') open.add(item.callId);
    if (item.type === 'function_call_result' && !open.delete(item.callId)) {
      throw new ModelError(
        'invalid_request_error',
        `No tool call found for function call output with call_id ${item.callId}.`,
      );
    }
  }
  const [unanswered] = open;
  if (unanswered !== undefined) {
    throw new ModelError('invalid_request_error', `No tool output found for function call ${unanswered}.`);
  }
}
