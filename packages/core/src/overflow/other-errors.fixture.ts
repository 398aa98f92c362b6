import { apiError } from './refusals.fixture.ts';
import type { Refusal } from './refusals.fixture.ts';

/** What providers wrote where something else was wrong, some of it in nearly the same words. */
export const otherErrors: readonly Omit<Refusal, 'overflow'>[] = [
  {
    from: 'OpenAI, tokens per minute, one request over it',
    error: apiError(
      429,
      'Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 342389. The input or output tokens must be reduced in order to run successfully.',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
  },
  {
    from: 'Groq, tokens per minute, with the status of an overflow',
    error: apiError(
      413,
      'Request too large for model `llama-3.3-70b-versatile` in organization `org_x` service tier `on_demand` on tokens per minute (TPM): Limit 12000, Requested 14137, please reduce your message size and try again. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
  },
  {
    from: 'Groq, the same as a text',
    error: new Error(
      'Request too large for model `llama-3.1-8b-instant` on tokens per minute (TPM): Limit 6000, Requested 6294, please reduce your message size and try again.',
    ),
  },
  {
    from: 'Anthropic, input tokens per minute, through a gateway that calls it 400',
    error: {
      status: 400,
      error: {
        code: 'rate_limit_error',
        message:
          'This request would exceed the rate limit for your organization of 20,000 input tokens per minute. Please reduce the prompt length or the maximum tokens requested, or try again later.',
      },
    },
  },
  {
    from: 'Anthropic, long context not allowed',
    error: apiError(429, 'Extra usage is required for long context requests.', { type: 'rate_limit_error' }),
  },
  {
    from: 'Bedrock, throttled',
    error: Object.assign(new Error('Too many tokens, please wait before trying again.'), {
      name: 'ThrottlingException',
    }),
  },
  {
    from: 'OpenAI, max_tokens',
    error: apiError(
      400,
      'max_tokens is too large: 50000. This model supports at most 32768 completion tokens, whereas you provided 50000.',
      { type: 'invalid_request_error', param: 'max_tokens', code: 'invalid_value' },
    ),
  },
  {
    from: 'DeepSeek, max_tokens',
    error: apiError(400, 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]'),
  },
  {
    from: 'Anthropic, max_tokens',
    error: apiError(
      400,
      'max_tokens: 64000 > 8192, which is the maximum allowed number of output tokens for claude-3-5-sonnet-20241022',
    ),
  },
  {
    from: 'Bedrock, max_tokens',
    error: new Error(
      'The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value lower than 4096.',
    ),
  },
  {
    from: 'Doubao, max_completion_tokens',
    error: apiError(
      400,
      'The parameter `max_completion_tokens` specified in the request are not valid: integer above maximum value, expected a value <= 12288, but got 32000 instead.',
    ),
  },
  {
    from: 'OpenAI, a parameter of another model',
    error: apiError(
      400,
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ),
  },
  {
    from: 'OpenAI, a cache key too long',
    error: apiError(
      400,
      "Invalid 'prompt_cache_key': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.",
      { code: 'string_above_max_length', param: 'prompt_cache_key' },
    ),
  },
  {
    from: 'OpenAI, quota',
    error: apiError(429, 'You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
  },
  {
    from: 'Anthropic, credit',
    error: apiError(
      400,
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
  },
  {
    from: 'OpenRouter, credits for the answer',
    error: apiError(
      402,
      'This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 1200.',
    ),
  },
  {
    from: 'the answer was cut',
    error: { finish_reason: 'length', message: 'The response was cut at max_output_tokens.' },
  },
  { from: 'no key', error: apiError(401, 'Incorrect API key provided.', { code: 'invalid_api_key' }) },
  { from: 'overloaded', error: apiError(529, 'Overloaded', { type: 'overloaded_error' }) },
  { from: 'the server', error: apiError(500, 'The server had an error while processing your request.') },
  {
    from: 'an orphan',
    error: apiError(400, 'No tool call found for function call output with call_id call_1.'),
  },
  { from: 'an abort', error: new DOMException('prompt is too long', 'AbortError') },
  {
    from: 'a refusal that quotes the talk',
    error: apiError(401, 'Not allowed: "my prompt is too long: 9 tokens > 1 maximum"'),
  },
  { from: 'nothing', error: undefined },
  { from: 'a number', error: 413 },
];
