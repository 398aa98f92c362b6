import type { SpanError } from '@openai/agents-core';

const named = /^(?:Uncaught )?([A-Z]\w*(?:Error|Exceeded|Triggered|Exception))\b/;

/** The `error.type` of a failed SDK span: the error's class where the SDK tells it, else the conventions' `_OTHER`. */
export function errorTypeOf({ message, data }: SpanError): string {
  const told: unknown = data?.['error'];
  for (const text of [told, message]) {
    const type = typeof text === 'string' ? named.exec(text)?.[1] : undefined;
    if (type !== undefined) return type;
  }
  return '_OTHER';
}

/** What the SDK says of a failed span, the general and the particular. */
export function errorMessageOf({ message, data }: SpanError): string {
  const told: unknown = data?.['error'];
  return typeof told === 'string' && told !== '' && told !== 'Error' && told !== message
    ? `${message}: ${told}`
    : message;
}
