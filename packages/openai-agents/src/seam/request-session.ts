import { getCurrentSpan } from '@openai/agents-core';
import type { ModelRequest } from '@openai/agents-core';
import { conversationKey } from '../conversation-key.ts';
import { currentSession, nestedSuffix } from '../sdk-session.ts';
import { lineageOf } from '../sdk-span.ts';
import { itemsOfInput } from '../input-items.ts';
import type { SeamOptions } from './seam-options.ts';

/**
 * The session that a request belongs to: what the caller says, else what the SDK's tracing knows, else `fallback` and
 * what its history begins with.
 */
export function sessionOf(request: ModelRequest, { sessionId }: SeamOptions, fallback: string): string {
  if (typeof sessionId === 'string') return `${sessionId}${nestedSuffix()}`;
  return (
    sessionId?.(request) ?? currentSession() ?? `${fallback}.${conversationKey(itemsOfInput(request.input))}`
  );
}

/** The real conversation of a request, as the caller or the provider knows it. */
export function conversationOf(request: ModelRequest, { sessionId }: SeamOptions): string | undefined {
  const told = typeof sessionId === 'function' ? sessionId(request) : sessionId;
  return told ?? request.conversationId;
}

/** The agent that makes a request: what the caller says, else the agent of the SDK's current turn. */
export function agentOf(request: ModelRequest, { agent }: SeamOptions): string | undefined {
  const told = typeof agent === 'function' ? agent(request) : agent;
  if (told !== undefined) return told;
  for (const { spanData } of lineageOf(getCurrentSpan())) {
    if (spanData.type === 'turn') return spanData.agent_name;
    if (spanData.type === 'agent') return spanData.name;
  }
  return undefined;
}
