import { GenAiCall } from './gen-ai-call.ts';

/**
 * The GenAI attribute keys that Clew reads or writes, copied from the conventions
 * (open-telemetry/semantic-conventions-genai, status Development). No other `gen_ai.*` key is invented.
 */
export const GenAi = {
  ...GenAiCall,
  providerName: 'gen_ai.provider.name',
  responseId: 'gen_ai.response.id',
  responseFinishReasons: 'gen_ai.response.finish_reasons',
  toolName: 'gen_ai.tool.name',
  toolCallId: 'gen_ai.tool.call.id',
  toolType: 'gen_ai.tool.type',
  toolCallArguments: 'gen_ai.tool.call.arguments',
  toolCallResult: 'gen_ai.tool.call.result',
  inputMessages: 'gen_ai.input.messages',
  outputMessages: 'gen_ai.output.messages',
  systemInstructions: 'gen_ai.system_instructions',
  /** On metrics only: `input` or `output`. */
  tokenType: 'gen_ai.token.type',
} as const;
