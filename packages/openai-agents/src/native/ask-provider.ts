import type { NativeAsk, ProviderTransport } from '@clew/core';
import type { ModelSettings } from '@openai/agents-core';
import { z } from 'zod';

const Fields = z.record(z.string(), z.unknown()).catch({});

/**
 * The settings of a request that asks the provider for what the policy wants. What the application has set itself
 * stays as it is.
 */
export function askProvider(
  settings: ModelSettings,
  ask: NativeAsk,
  transport: ProviderTransport,
): ModelSettings {
  return transport === 'openai_responses' ? askOpenAI(settings, ask) : askAnthropic(settings, ask);
}

function askOpenAI(settings: ModelSettings, { compaction }: NativeAsk): ModelSettings {
  const { contextManagement = [] } = settings;
  if (compaction === undefined || contextManagement.some(({ type }) => type === 'compaction'))
    return settings;
  const entry = { type: 'compaction', compactThreshold: compaction.thresholdTokens } as const;
  return { ...settings, contextManagement: [...contextManagement, entry] };
}

/** The AI SDK's bridge passes `providerOptions` on to the provider's package, which adds the headers of the betas. */
function askAnthropic(settings: ModelSettings, ask: NativeAsk): ModelSettings {
  const providerData = Fields.parse(settings.providerData);
  const providerOptions = Fields.parse(providerData['providerOptions']);
  const anthropic = Fields.parse(providerOptions['anthropic']);
  if (anthropic['contextManagement'] !== undefined || anthropic['compaction'] !== undefined) return settings;
  return {
    ...settings,
    providerData: {
      ...providerData,
      providerOptions: {
        ...providerOptions,
        anthropic: { ...anthropic, contextManagement: { edits: editsOf(ask) } },
      },
    },
  };
}

/** In the order of the ladder: clear first, then summarise. */
function editsOf({ clearing, compaction }: NativeAsk): readonly object[] {
  const clear = clearing && {
    type: 'clear_tool_uses_20250919',
    trigger: { type: 'input_tokens', value: clearing.thresholdTokens },
    keep: { type: 'tool_uses', value: clearing.keepToolPairs },
    ...(clearing.clearAtLeastTokens === 0
      ? {}
      : { clearAtLeast: { type: 'input_tokens', value: clearing.clearAtLeastTokens } }),
    clearToolInputs: clearing.clearToolInputs,
    ...(clearing.excludeTools.length === 0 ? {} : { excludeTools: clearing.excludeTools }),
  };
  const compact = compaction && {
    type: 'compact_20260112',
    trigger: { type: 'input_tokens', value: compaction.thresholdTokens },
  };
  return [clear ?? [], compact ?? []].flat();
}
