/** What a model answers with, one item after the other. */
export type ReplyItem =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'refusal'; readonly refusal: string }
  | { readonly type: 'call'; readonly name: string; readonly input?: object; readonly callId?: string }
  /** Only the Responses API has it; it belongs to the items behind it. */
  | { readonly type: 'reasoning' }
  /** Only the Responses API: a tool of an MCP server that the API itself asks, and the question whether it may. */
  | { readonly type: 'remote_call'; readonly name: string; readonly output: string }
  | { readonly type: 'remote_approval'; readonly name: string };

export function say(text: string): ReplyItem {
  return { type: 'text', text };
}

export function call(name: string, input: object = {}, callId?: string): ReplyItem {
  return { type: 'call', name, input, ...(callId !== undefined && { callId }) };
}

/** The API wants to call a tool of a remote MCP server, and asks whether it may. */
export function askToCall(name: string): ReplyItem {
  return { type: 'remote_approval', name };
}

/** The API has called a tool of a remote MCP server. */
export function calledRemotely(name: string, output: string): ReplyItem {
  return { type: 'remote_call', name, output };
}

export const think: ReplyItem = { type: 'reasoning' };

/** A 400 of the API, in its words. */
export class ApiRefusal extends Error {
  readonly code: string | null;
  readonly param: string | null;

  constructor(
    message: string,
    { code = null, param = null }: { code?: string | null; param?: string | null } = {},
  ) {
    super(message);
    this.code = code;
    this.param = param;
  }
}
