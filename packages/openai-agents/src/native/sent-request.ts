import type { ModelRequest } from '@openai/agents-core';
import type { PreparedRequest } from '../seam/prepared-request.ts';
import { withBlocks } from './anthropic-compaction.ts';
import { askProvider } from './ask-provider.ts';

/** The request as it goes out. What the engine left alone is the runner's own, which retry advice may know by identity. */
export function sentRequest(
  request: ModelRequest,
  { input: prepared, native }: PreparedRequest,
): ModelRequest {
  const input = typeof prepared === 'string' ? prepared : withBlocks(prepared);
  const modelSettings =
    native === undefined
      ? request.modelSettings
      : askProvider(request.modelSettings, native.ask, native.transport);
  return input === request.input && modelSettings === request.modelSettings
    ? request
    : { ...request, input, modelSettings };
}
