import { z } from 'zod';
import { ApiRefusal } from './reply.ts';

const Item = z.looseObject({
  type: z.string().default('message'),
  id: z.string().optional(),
  call_id: z.string().optional(),
  role: z.string().optional(),
  approval_request_id: z.string().nullish(),
});
export type ResponsesItem = z.infer<typeof Item>;

export const ResponsesRequest = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(Item)]),
  instructions: z.string().nullish(),
  tools: z.array(z.unknown()).nullish(),
  stream: z.boolean().nullish(),
  store: z.boolean().nullish(),
  previous_response_id: z.string().nullish(),
  conversation: z.string().nullish(),
  context_management: z.unknown().optional(),
});
export type ResponsesRequest = z.infer<typeof ResponsesRequest>;

/** The parameters of the items that the double knows; of an item with another one the API says that it is unknown. */
const parameters: Readonly<Record<string, ReadonlySet<string>>> = {
  message: new Set(['type', 'id', 'role', 'content', 'status', 'phase']),
  compaction: new Set(['type', 'id', 'encrypted_content']),
  reasoning: new Set(['type', 'id', 'summary', 'content', 'encrypted_content', 'status']),
  function_call: new Set(['type', 'id', 'call_id', 'name', 'namespace', 'arguments', 'status', 'caller']),
  function_call_output: new Set(['type', 'id', 'call_id', 'output', 'status', 'caller']),
  mcp_approval_request: new Set(['type', 'id', 'name', 'server_label', 'arguments']),
  mcp_approval_response: new Set(['type', 'id', 'approve', 'approval_request_id', 'reason']),
  mcp_call: new Set([
    'type',
    'id',
    'name',
    'server_label',
    'arguments',
    'output',
    'error',
    'status',
    'approval_request_id',
  ]),
};

/** What reasoning may lead to, besides a message. */
const made: ReadonlySet<string> = new Set(['function_call', 'reasoning', 'mcp_approval_request', 'mcp_call']);

/**
 * What the Responses API refuses of an input.
 *
 * @param reasonedBy the reasoning item that led to an item which the API has made, by that item's id
 * @throws ApiRefusal
 */
export function checkResponsesInput(
  input: readonly ResponsesItem[],
  reasonedBy: ReadonlyMap<string, string>,
): void {
  const ids = new Set<string>();
  const open = new Map<string, ResponsesItem>();
  const unapproved = new Set<string>();
  for (const [index, item] of input.entries()) {
    checkParameters(item, index);
    if (item.id !== undefined && ids.has(item.id)) {
      throw new ApiRefusal(
        `Duplicate item found with id ${item.id}. Remove duplicate items from your input and try again.`,
        { param: 'input' },
      );
    }
    if (item.id !== undefined) ids.add(item.id);
    checkReasoning(item, input[index + 1], ids, reasonedBy);
    const callId = item.call_id ?? '';
    if (item.type === 'function_call') open.set(callId, item);
    if (item.type === 'function_call_output' && !open.delete(callId)) {
      throw new ApiRefusal(`No tool call found for function call output with call_id ${callId}.`, {
        param: 'input',
      });
    }
    checkApproval(item, unapproved);
  }
  const [waiting] = unapproved;
  if (waiting !== undefined) {
    throw new ApiRefusal(`MCP approval requests do not have an approval: ${waiting}`, { param: 'input' });
  }
  const [unanswered] = open.keys();
  if (unanswered !== undefined) {
    throw new ApiRefusal(`No tool output found for function call ${unanswered}.`, { param: 'input' });
  }
}

function checkApproval({ type, id, approval_request_id: request }: ResponsesItem, open: Set<string>): void {
  if (type === 'mcp_approval_request' && id !== undefined) open.add(id);
  if (type !== 'mcp_approval_response' || open.delete(request ?? '')) return;
  throw new ApiRefusal(`Approval response does not have an approval request: ${request ?? ''}`, {
    param: 'input',
  });
}

function checkParameters(item: ResponsesItem, index: number): void {
  const known = parameters[item.type];
  if (known === undefined)
    throw new ApiRefusal(`Invalid value: '${item.type}'.`, {
      param: `input[${index}]`,
      code: 'invalid_value',
    });
  const unknown = Object.keys(item).find((key) => !known.has(key));
  if (unknown === undefined) return;
  const param = `input[${index}].${unknown}`;
  throw new ApiRefusal(`Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' });
}

function checkReasoning(
  item: ResponsesItem,
  next: ResponsesItem | undefined,
  before: ReadonlySet<string>,
  reasonedBy: ReadonlyMap<string, string>,
): void {
  const { id = '', type } = item;
  if (type === 'reasoning') {
    const isFollowed = next !== undefined && (made.has(next.type) || next.role === 'assistant');
    if (isFollowed) return;
    throw new ApiRefusal(
      `Item '${id}' of type 'reasoning' was provided without its required following item.`,
      { param: 'input' },
    );
  }
  const reasoning = reasonedBy.get(id);
  if (reasoning === undefined || before.has(reasoning)) return;
  throw new ApiRefusal(
    `Item '${id}' of type '${type}' was provided without its required 'reasoning' item: '${reasoning}'.`,
    { param: 'input' },
  );
}
