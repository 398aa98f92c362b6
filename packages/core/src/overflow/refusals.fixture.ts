/** Errors as SDKs and gateways throw them, with what providers really wrote. `overflow` is what to read of it. */
export type Refusal = {
  readonly from: string;
  readonly error: unknown;
  readonly overflow?: {
    readonly kind?: 'bytes' | 'text';
    readonly limitTokens?: number;
    readonly promptTokens?: number;
    readonly outputTokens?: number;
  };
};

/** As the SDKs of OpenAI and Anthropic throw. */
export function apiError(status: number, message: string, fields: object = {}): Error {
  return Object.assign(new Error(`${status} ${message}`), {
    status,
    error: { message, ...fields },
    ...fields,
  });
}

const openai = (message: string) =>
  apiError(400, message, {
    type: 'invalid_request_error',
    param: 'messages',
    code: 'context_length_exceeded',
  });
const anthropicBody = (type: string, message: string) =>
  JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_011CUxvgPsLcjkyzm6NHj17F' });
const google = (message: string) =>
  JSON.stringify({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } });

export const overflows: readonly Refusal[] = [
  {
    from: 'OpenAI, Chat Completions',
    error: openai(
      "This model's maximum context length is 8192 tokens. However, your messages resulted in 8227 tokens. Please reduce the length of the messages.",
    ),
    overflow: { limitTokens: 8192, promptTokens: 8227 },
  },
  {
    from: 'OpenAI, with tools and a completion',
    error: openai(
      "This model's maximum context length is 8192 tokens. However, you requested 8213 tokens (6683 in the messages, 730 in the functions, and 800 in the completion). Please reduce the length of the messages, functions, or completion.",
    ),
    overflow: { limitTokens: 8192, promptTokens: 7413, outputTokens: 800 },
  },
  {
    from: 'OpenAI, completions of old',
    error: new Error(
      "This model's maximum context length is 4097 tokens, however you requested 6539 tokens (6283 in your prompt; 256 for the completion). Please reduce your prompt; or completion length.",
    ),
    overflow: { limitTokens: 4097, promptTokens: 6283, outputTokens: 256 },
  },
  {
    from: 'OpenAI, Responses',
    error: apiError(
      400,
      'Your input exceeds the context window of this model. Please adjust your input and try again.',
      { type: 'invalid_request_error', param: 'input', code: 'context_length_exceeded' },
    ),
    overflow: {},
  },
  {
    from: 'OpenAI, Responses, in a stream',
    error: {
      type: 'response.failed',
      response: {
        status: 'failed',
        error: {
          code: 'context_length_exceeded',
          message: 'Your input exceeds the context window of this model.',
        },
      },
    },
    overflow: {},
  },
  {
    from: 'OpenAI, one text too long',
    error: apiError(
      400,
      "Invalid 'input[12].output': string too long. Expected a string with maximum length 10485760, but got a string with length 12000123 instead.",
      { type: 'invalid_request_error', param: 'input[12].output', code: 'string_above_max_length' },
    ),
    overflow: { kind: 'text' },
  },
  {
    from: 'Azure',
    error: apiError(
      400,
      'Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 509178 tokens. Please reduce the length of the messages.',
      { code: 'context_length_exceeded', param: 'messages' },
    ),
    overflow: { limitTokens: 272_000, promptTokens: 509_178 },
  },
  {
    from: 'Azure through LiteLLM',
    error: new Error(
      'litellm.BadRequestError: AzureException BadRequestError - Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 509178 tokens. Please reduce the length of the messages.',
    ),
    overflow: { limitTokens: 272_000, promptTokens: 509_178 },
  },
  {
    from: 'Anthropic',
    error: apiError(400, 'prompt is too long: 201130 tokens > 200000 maximum', {
      type: 'invalid_request_error',
    }),
    overflow: { limitTokens: 200_000, promptTokens: 201_130 },
  },
  {
    from: 'Anthropic, as a line',
    error: `400 ${anthropicBody('invalid_request_error', 'prompt is too long: 210194 tokens > 200000 maximum')}`,
    overflow: { limitTokens: 200_000, promptTokens: 210_194 },
  },
  {
    from: 'Anthropic, prompt and answer',
    error: new Error(
      anthropicBody(
        'invalid_request_error',
        'input length and `max_tokens` exceed context limit: 143653 + 64000 > 200000, decrease input length or `max_tokens` and try again',
      ),
    ),
    overflow: { limitTokens: 200_000, promptTokens: 143_653, outputTokens: 64_000 },
  },
  {
    from: 'Anthropic, by its context window',
    error: apiError(413, 'Request size exceeds model context window', { type: 'invalid_request_error' }),
    overflow: {},
  },
  {
    from: 'Anthropic, by bytes',
    error: apiError(413, 'Request exceeds the maximum size', { type: 'request_too_large' }),
    overflow: { kind: 'bytes' },
  },
  {
    from: 'Google',
    error: new Error(
      `[API Error: [${google('The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).')}]]`,
    ),
    overflow: { limitTokens: 1_048_576, promptTokens: 1_200_293 },
  },
  {
    from: 'Google, with JSON within JSON',
    error: {
      error: {
        message: google(
          'The input token count (3475108) exceeds the maximum number of tokens allowed (1048576).',
        ),
        code: 400,
        status: 'Bad Request',
      },
    },
    overflow: { limitTokens: 1_048_576, promptTokens: 3_475_108 },
  },
  {
    from: 'Google, without a count',
    error: google('The input token count exceeds the maximum number of tokens allowed (1048576).'),
    overflow: { limitTokens: 1_048_576 },
  },
  {
    from: 'OpenRouter',
    error: {
      status: 400,
      error: {
        message:
          "This endpoint's maximum context length is 16384 tokens. However, you requested about 26265 tokens (26255 of text input, 10 in the output). Please reduce the length of either one, or use the context-compression plugin to compress your prompt automatically.",
        code: 400,
        metadata: { provider_name: null },
      },
    },
    overflow: { limitTokens: 16_384, promptTokens: 26_255, outputTokens: 10 },
  },
  {
    from: 'OpenRouter, with tools',
    error: new Error(
      "This endpoint's maximum context length is 65536 tokens. However, you requested about 65810 tokens (1430 of text input, 380 of tool input, 64000 in the output).",
    ),
    overflow: { limitTokens: 65_536, promptTokens: 1810, outputTokens: 64_000 },
  },
  {
    from: 'OpenRouter, text only',
    error: apiError(
      400,
      'This endpoint\'s maximum context length is 32768 tokens. However, you requested about 42832 tokens (42832 of text input). Please reduce the length of either one, or use the "middle-out" transform to compress your prompt automatically.',
    ),
    overflow: { limitTokens: 32_768, promptTokens: 42_832 },
  },
  {
    from: 'vLLM',
    error: apiError(
      400,
      "This model's maximum context length is 131072 tokens. However, you requested 156632 tokens (152536 in the messages, 4096 in the completion). Please reduce the length of the messages or completion.",
      { object: 'error', type: 'BadRequestError', param: null, code: 400 },
    ),
    overflow: { limitTokens: 131_072, promptTokens: 152_536, outputTokens: 4096 },
  },
  {
    from: 'vLLM, decoder prompt',
    error: apiError(
      400,
      'The decoder prompt (length 10127) is longer than the maximum model length of 8192. Make sure that `max_model_len` is no smaller than the number of text tokens plus multimodal tokens.',
    ),
    overflow: { limitTokens: 8192, promptTokens: 10_127 },
  },
  {
    from: 'vLLM, total length',
    error: new Error(
      'ValueError: The prompt (total length 25938) is too long to fit into the model (context length 4096).',
    ),
    overflow: { limitTokens: 4096, promptTokens: 25_938 },
  },
  {
    from: 'vLLM, input messages',
    error: apiError(
      400,
      "This model's maximum context length is 262144 tokens. However, your request has 1000010 input tokens. Please reduce the length of the input messages. None",
    ),
    overflow: { limitTokens: 262_144, promptTokens: 1_000_010 },
  },
  {
    from: 'vLLM, output and prompt',
    error: apiError(
      400,
      "This model's maximum context length is 65536 tokens. However, you requested 16384 output tokens and your prompt contains at least 49153 input tokens, for a total of at least 65537 tokens.",
    ),
    overflow: { limitTokens: 65_536, promptTokens: 49_153, outputTokens: 16_384 },
  },
  {
    from: 'vLLM, max_tokens beside the prompt',
    error: apiError(
      400,
      "'max_tokens' or 'max_completion_tokens' is too large: 16384. This model's maximum context length is 65536 tokens and your request has 49153 input tokens (16384 > 65536 - 49153). None",
    ),
    overflow: { limitTokens: 65_536, promptTokens: 49_153, outputTokens: 16_384 },
  },
  {
    from: 'llama.cpp',
    error: {
      status: 400,
      error: {
        code: 400,
        message:
          'request (36017 tokens) exceeds the available context size (32768 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 36_017,
        n_ctx: 32_768,
      },
    },
    overflow: { limitTokens: 32_768, promptTokens: 36_017 },
  },
  {
    from: 'llama.cpp of 2025, status 500',
    error: new Error(
      '{"error":{"code":500,"message":"the request exceeds the available context size. try increasing the context size or enable context shift","type":"exceed_context_size_error","n_prompt_tokens":14429,"n_ctx":8192}}',
    ),
    overflow: { limitTokens: 8192, promptTokens: 14_429 },
  },
  {
    from: 'llama-cpp-python',
    error: 'ValueError: Requested tokens (4348) exceed context window of 4096',
    overflow: { limitTokens: 4096, promptTokens: 4348 },
  },
  {
    from: 'Ollama, of llama.cpp',
    error: new Error(
      '{"error":"{\\"error\\":{\\"code\\":400,\\"message\\":\\"request (9177 tokens) exceeds the available context size (4096 tokens), try increasing it\\",\\"type\\":\\"exceed_context_size_error\\"}}"}',
    ),
    overflow: { limitTokens: 4096, promptTokens: 9177 },
  },
  {
    from: 'Ollama in the cloud',
    error: new Error(
      'Ollama API error 400: {"StatusCode":400,"Status":"400 Bad Request","error":"prompt too long; exceeded max context length by 4 tokens"}',
    ),
    overflow: {},
  },
  {
    from: 'LM Studio',
    error: new Error(
      '400 {"error":"The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 13055>= n_ctx: 4096). Try to load the model with a larger context length, or provide a shorter input."}',
    ),
    overflow: { limitTokens: 4096, promptTokens: 13_055 },
  },
  {
    from: 'LM Studio, n_keep',
    error: 'Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)',
    overflow: { limitTokens: 7424, promptTokens: 15_028 },
  },
  {
    from: 'LM Studio of old',
    error:
      'Trying to keep the first 15857 tokens when context the overflows. However, the model is loaded with context length of only 7866 tokens, which is not enough.',
    overflow: { limitTokens: 7866, promptTokens: 15_857 },
  },
  {
    from: 'LM Studio, MLX',
    error: { error: 'Context size has been exceeded' },
    overflow: {},
  },
  {
    from: 'Bedrock, Claude',
    error: Object.assign(new Error('Input is too long for requested model.'), {
      name: 'ValidationException',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    }),
    overflow: {},
  },
  {
    from: 'Bedrock, Claude Opus 4.6',
    error: Object.assign(
      new Error(
        'The model returned the following errors: prompt is too long: 903884 tokens > 200000 maximum',
      ),
      { name: 'ValidationException' },
    ),
    overflow: { limitTokens: 200_000, promptTokens: 903_884 },
  },
  {
    from: 'Bedrock, Nova, status 200',
    error: Object.assign(
      new Error(
        'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.',
      ),
      { $metadata: { httpStatusCode: 200 } },
    ),
    overflow: {},
  },
  {
    from: 'Bedrock, Llama',
    error:
      "The model returned the following errors: This model's maximum context length is 131072 tokens. Please reduce the length of the prompt.",
    overflow: { limitTokens: 131_072 },
  },
  {
    from: 'Groq',
    error: apiError(400, 'Please reduce the length of the messages or completion.', {
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    }),
    overflow: {},
  },
  {
    from: 'Cerebras',
    error: apiError(
      400,
      'Please reduce the length of the messages or completion. Current length is 42328 while limit is 40000',
    ),
    overflow: { limitTokens: 40_000, promptTokens: 42_328 },
  },
  {
    from: 'Mistral',
    error: apiError(
      400,
      'Prompt contains 65673 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      { object: 'error', type: 'invalid_request_error', code: '3051' },
    ),
    overflow: { limitTokens: 32_768, promptTokens: 65_673 },
  },
  {
    from: 'DeepSeek through LiteLLM',
    error: Object.assign(
      new Error(
        'litellm.ContextWindowExceededError: litellm.BadRequestError: ContextWindowExceededError: DeepseekException - {"error":{"message":"This model\'s maximum context length is 65536 tokens. However, you requested 68161 tokens (68161 in the messages, 0 in the completion). Please reduce the length of the messages or completion.","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}',
      ),
      { name: 'ContextWindowExceededError' },
    ),
    overflow: { limitTokens: 65_536, promptTokens: 68_161 },
  },
  {
    from: 'xAI',
    error: apiError(
      400,
      "This model's maximum prompt length is 131072 but the request contains 136973 tokens.",
    ),
    overflow: { limitTokens: 131_072, promptTokens: 136_973 },
  },
  {
    from: 'GitHub Copilot',
    error: {
      error: {
        message: 'prompt token count of 138898 exceeds the limit of 64000',
        code: 'model_max_prompt_tokens_exceeded',
      },
    },
    overflow: { limitTokens: 64_000, promptTokens: 138_898 },
  },
  {
    from: 'Moonshot',
    error: apiError(
      400,
      'Invalid request: Your request exceeded model token limit: 262144 (requested: 287431)',
    ),
    overflow: { limitTokens: 262_144, promptTokens: 287_431 },
  },
  {
    from: 'DashScope',
    error: apiError(
      400,
      '<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 204800]',
    ),
    overflow: { limitTokens: 204_800 },
  },
  {
    from: 'MiniMax',
    error: { error: 'invalid params, context window exceeds limit (ref: 1)' },
    overflow: {},
  },
  {
    from: 'Together',
    error: "400 The input (516368 tokens) is longer than the model's context length (262144 tokens).",
    overflow: { limitTokens: 262_144, promptTokens: 516_368 },
  },
  {
    from: 'Text Generation Inference',
    error:
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048. Given: 3474 `inputs` tokens and 60 `max_new_tokens`',
    overflow: { limitTokens: 2048, promptTokens: 3474, outputTokens: 60 },
  },
  {
    from: 'a wrapper, with the cause beneath',
    error: new Error('The model call failed.', {
      cause: new AggregateError([
        apiError(400, 'prompt is too long: 213462 tokens > 200000 maximum', {
          type: 'invalid_request_error',
        }),
      ]),
    }),
    overflow: { limitTokens: 200_000, promptTokens: 213_462 },
  },
  {
    from: 'the AI SDK',
    error: Object.assign(new Error('Bad Request'), {
      name: 'AI_APICallError',
      statusCode: 400,
      responseBody: anthropicBody(
        'invalid_request_error',
        'prompt is too long: 202609 tokens > 200000 maximum',
      ),
    }),
    overflow: { limitTokens: 200_000, promptTokens: 202_609 },
  },
  {
    from: 'a proxy',
    error: { status: 413, message: 'Request Entity Too Large' },
    overflow: { kind: 'bytes' },
  },
  {
    from: 'a proxy without words',
    error: apiError(413, 'status code (no body)'),
    overflow: { kind: 'bytes' },
  },
  {
    from: 'vLLM of old',
    error: 'Input prompt (36893 tokens) is too long and exceeds limit of 1000',
    overflow: { limitTokens: 1000, promptTokens: 36_893 },
  },
  { from: 'Vertex, without numbers', error: apiError(400, 'Prompt is too long'), overflow: {} },
  {
    from: 'Ollama, asked not to truncate',
    error: apiError(400, 'the input length exceeds the context length'),
    overflow: {},
  },
  {
    from: 'RKLLM',
    error: apiError(400, 'Prompt is 11543 tokens but the model context window is 4096 tokens.'),
    overflow: { limitTokens: 4096, promptTokens: 11_543 },
  },
  {
    from: 'a server that names no number',
    error: apiError(
      400,
      "This model's maximum context length has been exceeded. Please reduce the length of the messages.",
    ),
    overflow: {},
  },
];
