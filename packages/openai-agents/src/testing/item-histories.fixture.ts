import type { AgentInputItem } from '@openai/agents-core';
import { assistantMessage, functionCall } from '@openai/agents-core/testing';
import * as fc from 'fast-check';

export function userMessage(content: string): AgentInputItem {
  return { type: 'message', role: 'user', content };
}

export function toolResult(callId: string, output: string, name = 'read'): AgentInputItem {
  return { type: 'function_call_result', callId, name, status: 'completed', output };
}

const turn = fc.record({
  ask: fc.integer({ min: 1, max: 60 }),
  steps: fc.array(
    fc.record({
      isReasoned: fc.boolean(),
      outputs: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
});

/** Random valid histories of the SDK's items: reasoning, parallel calls, results. */
export const itemHistories: fc.Arbitrary<AgentInputItem[]> = fc.array(turn, { maxLength: 7 }).map((turns) => {
  let number = 0;
  return turns.flatMap(({ ask, steps }) => [
    userMessage('ask '.repeat(ask)),
    ...steps.flatMap(({ isReasoned, outputs }) => {
      const ids = outputs.map(() => `call_${(number += 1)}`);
      const reasoning: AgentInputItem[] = isReasoned
        ? [{ type: 'reasoning', id: `rs_${number}`, content: [] }]
        : [];
      return [
        ...reasoning,
        ...ids.map((callId) => functionCall('read', { path: callId }, { callId })),
        ...ids.map((callId, index) => toolResult(callId, 'out '.repeat(outputs[index] ?? 1))),
      ];
    }),
    assistantMessage(`answer ${number}`),
  ]);
});
