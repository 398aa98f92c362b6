/** What a model answers with, one item after the other. */
export type ReplyItem =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'refusal'; readonly refusal: string }
  | { readonly type: 'call'; readonly name: string; readonly input?: object; readonly callId?: string }
  /** Only the Responses API has it; it belongs to the items behind it. */
  | { readonly type: 'reasoning' };

export function say(text: string): ReplyItem {
  return { type: 'text', text };
}

export function call(name: string, input: object = {}, callId?: string): ReplyItem {
  return { type: 'call', name, input, ...(callId !== undefined && { callId }) };
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
