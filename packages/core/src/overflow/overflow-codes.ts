import type { OverflowKind } from './overflow.ts';

/** Error codes and types that mean nothing else, in lower case. */
export const overflowCodes: Readonly<Record<string, OverflowKind>> = {
  // OpenAI, Azure, Groq.
  context_length_exceeded: 'tokens',
  // GitHub Copilot.
  model_max_prompt_tokens_exceeded: 'tokens',
  // llama.cpp.
  exceed_context_size_error: 'tokens',
  // Anthropic and Z.ai, as a stop reason.
  model_context_window_exceeded: 'tokens',
  // The classes of LiteLLM and LangChain.
  contextwindowexceedederror: 'tokens',
  contextoverflowerror: 'tokens',
  // Anthropic, status 413: 32 MB.
  request_too_large: 'bytes',
};
