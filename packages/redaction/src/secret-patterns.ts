import type { Pattern } from './redact-pattern.ts';

/**
 * Patterns that are looked for together, and what every match of any of them holds: a text without it need not be
 * searched for each. `in: 'run'` says that it stands in a stretch that is long enough for a token (see `Scan`).
 */
export type PatternGroup = {
  readonly hint: RegExp;
  readonly in: 'text' | 'run';
  readonly patterns: readonly Pattern[];
};

/**
 * Secrets by the form of what surrounds them.
 *
 * Every expression runs in linear time on any text: nothing that repeats is repeated, a run of characters can be
 * entered only at its start, and what is looked at again is bounded. Each begins with letters of its own, which the
 * engine finds fast; only there does it look back at what stands before them.
 */
export const secretPatterns: readonly PatternGroup[] = [
  {
    hint: /PRIVATE KEY|Private-Lines/,
    in: 'text',
    patterns: [
      // A private key, whole, or as far as it goes where its end was cut off.
      whole(
        /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=:,.\s\\]|-(?!----)){0,16384}(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?/g,
      ),
      // PuTTY writes its own form.
      afterHead(/Private-Lines: \d{1,4}\s{1,2}[A-Za-z0-9+/=\s]{40,16384}/g, /^Private-Lines: \d+\s+/),
    ],
  },
  {
    hint: /:\/\//,
    in: 'text',
    patterns: [
      // scheme://user:password@host
      afterHead(
        /:\/\/(?<=[a-z][a-z0-9+.-]{1,30}:\/\/)[^\s:/?#@"'<>]{0,256}:[^\s/?#"'<>]{1,512}(?=@)/gi,
        /^:\/\//,
      ),
      // https://token@github.com: a long user name with a digit, without a password.
      afterHead(/:\/\/(?<=https?:\/\/)(?=[\w-]{0,200}\d)[\w-]{20,256}(?=@)/g, /^:\/\//),
    ],
  },
  {
    hint: /eyJ/,
    in: 'run',
    patterns: [
      // A JSON Web Token: header.payload.signature, of which the header begins with {" in base64. Encrypted ones have 5 parts.
      whole(
        /eyJ(?<=(?:^|[^\w-]|\\[nrt])eyJ)[\w-]{6,}\.(?:[\w-]{6,}\.[\w-]*(?:\.[\w-]+){0,2}|\.[\w-]{6,}\.[\w-]+\.[\w-]+)/g,
      ),
    ],
  },
  {
    hint: /\.slack\.com|\/webhooks\/|\.office\.com|AccountKey|SharedAccess/,
    in: 'run',
    patterns: [
      // Addresses that are their own password.
      afterHead(/hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/]{20,}/g, /^[^/]+\/\w+\//),
      afterHead(/discord(?:app)?\.com\/api\/webhooks\/\d{1,24}\/[\w-]{20,}/g, /^.*\//),
      afterHead(/\.webhook\.office\.com\/webhookb2\/[\w@/-]{20,}/g, /^[^/]+\/\w+\//),
      // Azure: the keys in connection strings, and signatures of shared access.
      afterHead(
        /(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[A-Za-z0-9+/%=]{4}[A-Za-z0-9+/%=&;:. -]{16,396}/g,
        /^\w+=/,
      ),
    ],
  },
  {
    // Azure: signatures of shared access; AWS and Google: signed addresses.
    hint: /sig=|signature=|keyid=/i,
    in: 'run',
    patterns: [
      afterHead(
        /[?&;](?:sig|X-Amz-Signature|X-Goog-Signature|AWSAccessKeyId)=[A-Za-z0-9%+/=_-]{16,1024}/gi,
        /^[^=]+=/,
      ),
    ],
  },
  {
    hint: /Q~|(?:^| )AA|-us\d/,
    in: 'run',
    patterns: [
      // Azure: the secret of an application.
      whole(/(?:(?<![\w~.-])|(?<=\\[nrt]))[\w~.]{3}\dQ~[\w~.-]{31,34}(?![\w~-])/g),
      // Telegram: a bot's token.
      whole(/(?:(?<!\w)|(?<=\\[nrt]))\d{8,10}:AA[\w-]{32,34}(?![\w-])/g),
      // Mailchimp.
      whole(/(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))[a-f0-9]{32}-us\d{1,2}(?![A-Za-z0-9])/g),
    ],
  },
  {
    hint: /bearer|cookie/i,
    in: 'text',
    patterns: [
      // A bearer token holds a digit; the words after "bearer" in prose do not.
      afterHead(/\bbearer\s{1,4}(?=[\w.~+/=-]{0,200}\d)[\w.~+/=-]{8,}/gi, /^\w+\s+/),
      // A header of cookies, to its end; and one in JSON.
      afterHead(/\bcookie:\s{0,4}(?=[\w.-]{1,64}=)[^\r\n"'`\\]{2,8192}/gi, /^\w+:\s*/),
      afterHead(
        /\bcookie\\{0,4}["']\s{0,4}:\s{0,4}\\{0,4}["'](?=[\w.-]{1,64}=)[^\r\n"'`\\]{2,8192}/gi,
        /^\w+[\\"']+\s*:\s*[\\"']+/,
      ),
    ],
  },
  {
    hint: /\s-(?:u|-user)[ =]/,
    in: 'text',
    patterns: [
      // curl -u user:password; not the user and group of a container.
      afterHead(
        /\s(?:-u|--user)[ =]["']?[\w.@-]{1,64}:[^\s"'$]{6,128}/g,
        /^\s\S+?[ =]["']?[^:]*:/,
        hasVariety,
      ),
    ],
  },
];

function whole(expression: RegExp): Pattern {
  return { expression, keptLength: () => 0 };
}

function afterHead(expression: RegExp, head: RegExp, isReal?: (secret: string) => boolean): Pattern {
  return {
    expression,
    keptLength: (match) => head.exec(match)?.[0].length ?? 0,
    ...(isReal !== undefined && { isReal }),
  };
}

function hasVariety(secret: string): boolean {
  return /[^a-z-]/.test(secret) && /\D/.test(secret);
}
