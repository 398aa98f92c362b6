import type { Pattern } from './redact-pattern.ts';

/**
 * Secrets by the form that their issuers give them.
 *
 * Every expression runs in linear time on any text: nothing that repeats is repeated, a run of characters can be
 * entered only at its start, and what is looked at again is bounded. Each begins with letters of its own, which the
 * engine finds fast; only there does it look back at what stands before them.
 */
export const secretPatterns: readonly Pattern[] = [
  // A private key, whole, or as far as it goes where its end was cut off.
  whole(
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=:,.\s\\]|-(?!----)){0,16384}(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?/g,
  ),
  // scheme://user:password@host
  afterHead(
    /:\/\/(?<=[a-z][a-z0-9+.-]{1,30}:\/\/)[^\s:/?#@"'<>]{0,256}:[^\s/?#"'<>]{1,512}(?=@)/gi,
    /^:\/\//,
  ),
  // A JSON Web Token: header.payload.signature, of which the header begins with {" in base64.
  token('eyJ', /[\w-]{6,}\.[\w-]{6,}\.[\w-]*/, /[^\w-]/),
  // OpenAI, Anthropic and those who write theirs alike.
  token('sk-', /[\w-]{16,}/),
  // Google: API key, OAuth client secret, OAuth access token.
  token('AIza', /[\w-]{30,}/),
  token('GOCSPX-', /[\w-]{20,}/),
  token(String.raw`ya29\.`, /[\w-]{20,}/),
  // AWS access key id; its secret has no form of its own and is found by its name.
  token('(?:AKIA|ASIA|ABIA|ACCA)', /[A-Z0-9]{16}(?![A-Za-z0-9])/),
  // GitHub, GitLab, npm, Hugging Face.
  token('gh[opsur]_', /[A-Za-z0-9]{20,}/),
  token('github_pat_', /\w{20,}/),
  token('glpat-', /[\w-]{16,}/),
  token('npm_', /[A-Za-z0-9]{30,}/),
  token('hf_', /[A-Za-z0-9]{30,}/),
  // Slack: tokens, app tokens, and the address of a webhook, which is its own password.
  token('xox[a-z]-', /[A-Za-z0-9-]{10,}/),
  token('xapp-', /[A-Za-z0-9-]{10,}/),
  afterHead(/hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/g, /^[^/]+\/services\//),
  // Stripe: secret and restricted keys, webhook secrets.
  token('[rs]k_(?:live|test)_', /[A-Za-z0-9]{10,}/),
  token('whsec_', /[A-Za-z0-9+/=]{16,}/),
  // SendGrid.
  token(String.raw`SG\.`, /[\w-]{16,40}\.[\w-]{16,64}/),
  // A bearer token holds a digit; the words after "bearer" in prose do not.
  afterHead(/\bbearer\s{1,4}(?=[\w.~+/=-]{0,200}\d)[\w.~+/=-]{8,}/gi, /^\w+\s+/),
];

function whole(expression: RegExp): Pattern {
  return { expression, keptLength: () => 0 };
}

function afterHead(expression: RegExp, head: RegExp): Pattern {
  return { expression, keptLength: (match) => head.exec(match)?.[0].length ?? 0 };
}

/** `prefix` not inside a longer word, but also after an escaped line break, as JSON writes it, and then `rest`. */
function token(prefix: string, rest: RegExp, edge = /[^A-Za-z0-9]/): Pattern {
  return whole(new RegExp(`${prefix}(?<=(?:^|${edge.source}|\\\\[nrt])${prefix})${rest.source}`, 'g'));
}
