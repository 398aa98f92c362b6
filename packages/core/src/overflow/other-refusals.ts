/** Wordings of refusals that a shorter prompt does not cure, or that cure themselves: read before the others. */
export const otherRefusals: readonly RegExp[] = [
  // Rate limits in tokens: OpenAI 429, Groq 413, Anthropic 429, Bedrock.
  /tokens? per (?:min|minute|day|hour)/iu,
  /rate.?limit/iu,
  /\bTP[MD]\b/u,
  /too many (?:tokens|requests), please wait/iu,
  /throttl/iu,
  // Quota and billing.
  /quota|billing (?:details|limit)|credit balance|insufficient (?:funds|credit|balance)/iu,
  // The answer's own limit.
  /supports at most \d[\d,]{0,14} completion tokens/iu,
  /maximum (?:allowed )?number of output tokens/iu,
  /valid range of max_tokens/iu,
  /maximum tokens you requested exceeds? the model limit/iu,
  /(?:max_tokens|max_completion_tokens|max_output_tokens).{0,60}?(?:not supported|not valid|unsupported)/iu,
];
