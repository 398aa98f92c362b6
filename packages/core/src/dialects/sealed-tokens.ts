/** What the envelope of encrypted reasoning takes, in bytes. */
const envelopeBytes = 650;
const bytesPerToken = 4;

/**
 * Tokens of encrypted content by its length in base64, as Codex estimates them (`estimate_reasoning_length` of its
 * context manager): the bytes less their envelope, four to a token. What of it a provider then counts, it decides.
 */
export function sealedTokens(content: unknown): { readonly sealedTokens?: number } {
  if (typeof content !== 'string') return {};
  const bytes = Math.floor((content.length * 3) / 4) - envelopeBytes;
  return bytes <= 0 ? {} : { sealedTokens: Math.ceil(bytes / bytesPerToken) };
}
