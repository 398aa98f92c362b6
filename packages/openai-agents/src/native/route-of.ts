import type { AgentItem, Compactor, ProviderRoute, ProviderTransport } from '@clew/core';
import { capabilitiesOf } from '@clew/core';
import type { Model, ModelRequest } from '@openai/agents-core';

/** Whether the provider holds the history, and is sent only what is new. */
export function isServerManaged({ conversationId, previousResponseId }: ModelRequest): boolean {
  return conversationId !== undefined || previousResponseId !== undefined;
}

/**
 * By which API a model is called, as far as it can carry a wish to compact. The SDK itself looks at the name of the
 * class. Behind the AI SDK's bridge the provider is private, so that the model's name decides.
 */
export function transportOf(
  model: Model,
  modelName: string | undefined,
  manager: Pick<Compactor<AgentItem>, 'capabilitiesOf'>,
): ProviderTransport | undefined {
  const { name } = model.constructor;
  if (name.includes('Responses')) return 'openai_responses';
  if (name.startsWith('AiSdk') && providerOf(modelName ?? '', manager) === 'anthropic') {
    return 'anthropic_messages';
  }
  return undefined;
}

export function routeOf(
  request: ModelRequest,
  transport: ProviderTransport | undefined,
  refusal: string | undefined,
): ProviderRoute {
  return {
    ...(transport === undefined ? {} : { transport }),
    ...(refusal === undefined ? {} : { refusal }),
    isServerManaged: isServerManaged(request),
  };
}

function providerOf(
  modelName: string,
  manager: Pick<Compactor<AgentItem>, 'capabilitiesOf'>,
): string | undefined {
  return (manager.capabilitiesOf?.(modelName) ?? capabilitiesOf(modelName)).capabilities.provider;
}
