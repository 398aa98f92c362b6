import type { OverflowKind } from './overflow.ts';

/** One wording of a refusal. */
export type OverflowPattern = {
  readonly name: string;
  /** Named groups, each a number: `limit`, `prompt`, `output`, `total` (prompt and output). */
  readonly wording: RegExp;
  /** Where the wording was seen. */
  readonly source: string;
  /** Default: `tokens`. */
  readonly kind?: OverflowKind;
};

const issue = (path: string) => `https://github.com/${path}`;
/** A number as providers write it, thousands apart or not. */
const n = (name: string) => `(?<${name}>\\d[\\d,]{0,14})`;
const of = (wording: string) => new RegExp(wording, 'iu');

/**
 * The wordings of providers, gateways and servers, the more telling first. All loops are bounded: an error may quote
 * the prompt.
 */
export const overflowPatterns: readonly OverflowPattern[] = [
  {
    name: 'maximum_context_length_parts',
    wording: of(
      `maximum context length is ${n('limit')} tokens[.,] however,? (?:you|your messages) (?:requested|resulted in)(?: about)? ${n('total')} tokens \\([^()]{0,120}?[ (]${n('output')} (?:in|for) the (?:completion|output)\\)`,
    ),
    source: issue('FoundationAgents/OpenManus/issues/62'),
  },
  {
    name: 'maximum_context_length_prompt',
    wording: of(
      `maximum context length is ${n('limit')} tokens[.,] however,? (?:you|your messages) (?:requested|resulted in)(?: about)? ${n('prompt')} tokens`,
    ),
    source: issue('smol-ai/developer/issues/7'),
  },
  {
    name: 'vllm_output_and_prompt',
    wording: of(
      `maximum context length is ${n('limit')} tokens[.,] however,? you requested ${n('output')} output tokens and your prompt contains(?: at least)? ${n('prompt')} input tokens`,
    ),
    source: issue('vllm-project/vllm'),
  },
  {
    name: 'vllm_max_tokens_beside_prompt',
    wording: of(
      `is too large: ${n('output')}\\. this model's maximum context length is ${n('limit')} tokens and your request has ${n('prompt')} input tokens`,
    ),
    source: issue('UKGovernmentBEIS/inspect_ai/issues/2634'),
  },
  {
    name: 'vllm_request_has',
    wording: of(
      `maximum context length is ${n('limit')} tokens[.,] however,? your request has ${n('prompt')} input tokens`,
    ),
    source: issue('UKGovernmentBEIS/inspect_ai/issues/2634'),
  },
  {
    name: 'vllm_maximum_model_length',
    wording: of(
      `prompt \\(length ${n('prompt')}\\) is longer than the maximum model length of ${n('limit')}`,
    ),
    source: issue('Gabesarch/grounded-rl/issues/16'),
  },
  {
    name: 'vllm_total_length',
    wording: of(
      `prompt \\(total length ${n('prompt')}\\) is too long to fit into the model \\(context length ${n('limit')}\\)`,
    ),
    source: issue('vllm-project/vllm/issues/12165'),
  },
  {
    name: 'vllm_exceeds_limit',
    wording: of(`input prompt \\(${n('prompt')} tokens\\) is too long and exceeds limit of ${n('limit')}`),
    source: issue('vllm-project/vllm/issues/10440'),
  },
  {
    name: 'anthropic_prompt_too_long',
    wording: of(`prompt is too long: ${n('prompt')} tokens > ${n('limit')} maximum`),
    source: issue('anthropics/claude-code/issues/11281'),
  },
  {
    name: 'anthropic_input_and_max_tokens',
    wording: of(
      `input length and .?max_tokens.? exceed context limit: ${n('prompt')} \\+ ${n('output')} > ${n('limit')}`,
    ),
    source: issue('continuedev/continue/issues/8454'),
  },
  {
    name: 'anthropic_request_size',
    wording: /request size exceeds model context window/iu,
    source: issue('anthropics/claude-code/issues/6380'),
  },
  {
    name: 'prompt_too_long',
    wording: /prompt is too long/iu,
    source: issue('strands-agents/harness-sdk/pull/1663'),
  },
  {
    name: 'openai_responses',
    wording: /input exceeds the context window of this model/iu,
    source: issue('the-open-agent/openagent/issues/2344'),
  },
  {
    name: 'azure_configured_limit',
    wording: of(
      `input tokens exceed the configured limit of ${n('limit')} tokens(?:\\. your messages resulted in ${n('prompt')} tokens)?`,
    ),
    source: issue('BerriAI/litellm/issues/15968'),
  },
  {
    name: 'gemini_input_token_count',
    wording: of(
      `input token count(?: \\(${n('prompt')}\\))? exceeds the maximum number of tokens allowed(?: \\(?${n('limit')})?`,
    ),
    source: issue('google-gemini/gemini-cli/issues/6678'),
  },
  {
    name: 'bedrock_input_too_long',
    wording: /input is too long for requested model/iu,
    source: issue('aws-samples/bedrock-chat/issues/95'),
  },
  {
    name: 'bedrock_nova',
    wording: /number of input tokens exceeds maximum length/iu,
    source: 'a recorded answer of us.amazon.nova-lite on Bedrock, in public test data',
  },
  {
    name: 'xai_maximum_prompt_length',
    wording: of(`maximum prompt length is ${n('limit')} but the request contains ${n('prompt')} tokens`),
    source: issue('cline/cline/issues/3120'),
  },
  {
    name: 'cerebras_current_length',
    wording: of(
      `reduce the length of the messages or completion\\. current length is ${n('prompt')} while limit is ${n('limit')}`,
    ),
    source: issue('cline/cline/issues/5140'),
  },
  {
    name: 'copilot_prompt_token_count',
    wording: of(`prompt token count of ${n('prompt')} exceeds the limit of ${n('limit')}`),
    source: issue('jjleng/copilot-more/issues/35'),
  },
  {
    name: 'llama_cpp_request',
    wording: of(
      `request \\(${n('prompt')} tokens\\) exceeds the available context size \\(${n('limit')} tokens\\)`,
    ),
    source: issue('ggml-org/llama.cpp/pull/15780'),
  },
  {
    name: 'llama_cpp_context_size',
    wording: /the request exceeds the available context size/iu,
    source: issue('oobabooga/textgen/issues/7257'),
  },
  {
    name: 'llama_cpp_python',
    wording: of(`requested tokens \\(${n('prompt')}\\) exceed context window of ${n('limit')}`),
    source: issue('rllm-team/rllm/issues/55'),
  },
  {
    name: 'lm_studio_keep',
    wording: of(
      `tokens to keep from the initial prompt is greater than the context length(?: \\(n_keep: ${n('prompt')}>= n_ctx: ${n('limit')}\\))?`,
    ),
    source: issue('Gitlawb/openclaude/issues/353'),
  },
  {
    name: 'lm_studio_n_keep',
    wording: of(`cannot truncate prompt with n_keep \\(${n('prompt')}\\) >= n_ctx \\(${n('limit')}\\)`),
    source: issue('anomalyco/opencode/issues/11141'),
  },
  {
    name: 'lm_studio_trying_to_keep',
    wording: of(
      `trying to keep the first ${n('prompt')} tokens when context the overflows\\. however, the model is loaded with context length of only ${n('limit')} tokens`,
    ),
    source: issue('lmstudio-ai/lmstudio-bug-tracker/issues/546'),
  },
  {
    name: 'lm_studio_mlx',
    wording: /context size has been exceeded/iu,
    source: issue('lmstudio-ai/lmstudio-bug-tracker/issues/2339'),
  },
  {
    name: 'ollama_prompt_too_long',
    wording: /prompt too long; exceeded (?:max )?context length/iu,
    source: 'an answer of Ollama, in public test data of openclaw',
  },
  {
    name: 'ollama_input_length',
    wording: /input(?: length)? exceeds (?:the )?context length/iu,
    source: issue('ITSpecialist111/ai_automation_suggester/issues/37'),
  },
  {
    name: 'mistral_too_large',
    wording: of(
      `prompt contains ${n('prompt')} tokens.{0,60}?too large for model with ${n('limit')} maximum context length`,
    ),
    source: 'https://docs.mistral.ai/resources/known-limitations',
  },
  {
    name: 'moonshot_token_limit',
    wording: of(`request exceeded model token limit: ${n('limit')} \\((?:re ?quested): ${n('prompt')}\\)`),
    source: issue('MoonshotAI/kimi-cli/issues/2011'),
  },
  {
    name: 'together_input_longer',
    wording: of(
      `input \\(${n('prompt')} tokens\\) is longer than the model's context length \\(${n('limit')} tokens\\)`,
    ),
    source: 'answers of Together and SGLang, in public test data',
  },
  {
    name: 'dashscope_input_range',
    wording: of(`range of input length should be \\[1, ${n('limit')}\\]`),
    source: issue('QwenLM/qwen-code/issues/98'),
  },
  {
    name: 'minimax_exceeds_limit',
    wording: /context window exceeds limit/iu,
    source: 'an answer of MiniMax, in public test data of hermes-agent',
  },
  {
    name: 'tgi_inputs_and_new_tokens',
    wording: of(
      `.inputs. tokens \\+ .max_new_tokens. must be <= ${n('limit')}\\. given: ${n('prompt')} .inputs. tokens and ${n('output')} .max_new_tokens.`,
    ),
    source: issue('huggingface/llm-vscode/issues/94'),
  },
  {
    name: 'rkllm_prompt',
    wording: of(`prompt is ${n('prompt')} tokens but the model context window is ${n('limit')} tokens`),
    source: issue('jaylfc/taOS/issues/1738'),
  },
  {
    name: 'maximum_context_length',
    wording: of(`maximum context length (?:is|of) ${n('limit')} tokens`),
    source: 'OpenRouter and Bedrock name the limit alone at times, in public test data',
  },
  {
    name: 'maximum_context_length_unsaid',
    wording: /maximum context length has been exceeded/iu,
    source: issue('Niek/chatgpt-web/issues/525'),
  },
  {
    name: 'groq_reduce',
    wording: /please reduce the length of the messages or completion/iu,
    source: issue('letta-ai/letta/issues/1963'),
  },
  {
    name: 'anthropic_request_too_large',
    wording: /request exceeds the maximum size/iu,
    source: issue('anthropics/anthropic-sdk-python/issues/938'),
    kind: 'bytes',
  },
  {
    name: 'http_entity_too_large',
    wording: /request entity too large|payload too large/iu,
    source: 'https://www.rfc-editor.org/rfc/rfc9110#name-413-content-too-large',
    kind: 'bytes',
  },
  {
    name: 'openai_text_too_long',
    wording:
      /(?:input|messages)\[\d{1,7}\][\w.[\]]{0,60}': string too long\. expected a string with maximum length/iu,
    source: issue('openai/openai-agents-python/issues/177'),
    kind: 'text',
  },
];
