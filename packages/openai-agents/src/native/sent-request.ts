import type { AgentInputItem, ModelRequest } from '@openai/agents-core';
import type { Callee, PreparedRequest } from '../seam/prepared-request.ts';
import { withBlocks } from './anthropic-compaction.ts';
import { askProvider } from './ask-provider.ts';
import { userFirst } from './user-first.ts';

/** The request as it goes out. What the engine left alone is the runner's own, which retry advice may know by identity. */
export function sentRequest(
  request: ModelRequest,
  { input: prepared, native }: PreparedRequest,
  { transport }: Callee,
): ModelRequest {
  const input = typeof prepared === 'string' ? prepared : writable(prepared, transport);
  const modelSettings =
    native === undefined
      ? request.modelSettings
      : askProvider(request.modelSettings, native.ask, native.transport);
  return input === request.input && modelSettings === request.modelSettings
    ? request
    : { ...request, input, modelSettings };
}

/** Items that the API of this transport takes. */
function writable(input: AgentInputItem[], transport: Callee['transport']): AgentInputItem[] {
  return withBlocks(transport === 'anthropic_messages' ? userFirst(input) : input);
}
