/**
 * Texts with a secret in them and texts that only look like it. Nothing here is or was a secret: each is made of parts
 * at run time, so that no scanner takes this file for a leak.
 */
export type Planted = { readonly name: string; readonly text: string; readonly secret: string };

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = upper.toLowerCase();
const digits = '0123456789';
const word = upper + lower + digits;
const hex = `${digits}abcdef`;

/** A small generator of numbers that are the same in every run (Mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What issuers document of their tokens: beginning, alphabet, length. Written apart from the rules that are tested. */
const forms: readonly (readonly [
  name: string,
  beginning: string,
  alphabet: string,
  length: number,
  end?: string,
])[] = [
  ['OpenAI', 'sk-', word, 48],
  ['OpenAI project', 'sk-proj-', `${word}-_`, 120],
  ['OpenAI service account', 'sk-svcacct-', `${word}-_`, 120],
  ['Anthropic', 'sk-ant-api03-', `${word}-_`, 93, 'AA'],
  ['DeepSeek', 'sk-', hex, 32],
  ['OpenRouter', 'sk-or-v1-', hex, 64],
  ['Google API', 'AIza', `${word}-_`, 35],
  ['Google client', 'GOCSPX-', `${word}-_`, 28],
  ['Google access token', 'ya29.', `${word}-_`, 120],
  ['AWS access key id', 'AKIA', `${upper}234567`, 16],
  ['AWS temporary key id', 'ASIA', `${upper}234567`, 16],
  ['GitHub classic', 'ghp_', word, 36],
  ['GitHub app', 'ghs_', word, 36],
  ['GitHub fine-grained', 'github_pat_', `${word}_`, 82],
  ['GitLab', 'glpat-', `${word}-_`, 20],
  ['GitLab deploy', 'gldt-', `${word}-_`, 20],
  ['npm', 'npm_', word, 36],
  ['PyPI', 'pypi-AgEIcHlwaS5vcmc', `${word}-_`, 80],
  ['RubyGems', 'rubygems_', hex, 48],
  ['crates.io', 'cio', word, 32],
  ['NuGet', 'oy2', lower + digits, 43],
  ['Docker', 'dckr_pat_', `${word}-_`, 27],
  ['Hugging Face', 'hf_', upper + lower, 34],
  ['Groq', 'gsk_', word, 52],
  ['xAI', 'xai-', word, 80],
  ['Perplexity', 'pplx-', word, 48],
  ['Replicate', 'r8_', word, 37],
  ['NVIDIA', 'nvapi-', `${word}-_`, 64],
  ['LangSmith', 'lsv2_pt_', hex, 32, '_a1b2c3d4e5'],
  ['Pinecone', 'pcsk_', word, 60],
  ['Tavily', 'tvly-', word, 32],
  ['ElevenLabs', 'sk_', hex, 48],
  ['Databricks', 'dapi', hex, 32],
  ['Slack bot', 'xoxb-123456789012-1234567890123-', word, 24],
  ['Slack app', 'xapp-1-A0123456789-1234567890123-', hex, 64],
  ['Slack webhook', 'https://hooks.slack.com/services/T00000000/B00000000/', word, 24],
  ['Discord webhook', 'https://discord.com/api/webhooks/123456789012345678/', `${word}-_`, 68],
  ['Telegram', '123456789:AA', `${word}-_`, 33],
  ['Stripe', 'sk_live_', word, 24],
  ['Stripe restricted', 'rk_test_', word, 99],
  ['Stripe webhook', 'whsec_', word, 32],
  ['Square', 'sq0csp-', `${word}-_`, 43],
  ['Shopify', 'shpat_', hex, 32],
  ['Twilio', 'SK', hex, 32],
  ['SendGrid', 'SG.', `${word}-_`, 22, `.${'aB3_'.repeat(10)}abc`],
  ['Mailgun', 'key-', hex, 32],
  ['Mailchimp', '', hex, 32, '-us12'],
  ['Brevo', 'xkeysib-', hex, 64, '-aB3dE5gH7jK9mN1p'],
  ['DigitalOcean', 'dop_v1_', hex, 64],
  ['Cloudflare origin', `v1.0-${'0a'.repeat(12)}-`, hex, 146],
  ['Supabase', 'sbp_', hex, 40],
  ['PlanetScale', 'pscale_tkn_', `${word}-_`, 43],
  ['Vault', 'hvs.', `${word}-_`, 90],
  ['Doppler', 'dp.pt.', word, 43],
  ['Pulumi', 'pul-', hex, 40],
  ['Heroku', 'HRKU-', `${word}-_`, 60],
  ['Grafana', 'glsa_', word, 32, '_0a1b2c3d'],
  ['New Relic', 'NRAK-', upper + digits, 27],
  ['Sentry', 'sntryu_', hex, 64],
  ['Linear', 'lin_api_', word, 40],
  ['Notion', 'ntn_', word, 46],
  ['Atlassian', 'ATATT3', `${word}-_=`, 186],
  ['Figma', 'figd_', `${word}-_`, 40],
  ['Postman', 'PMAK-', hex, 24, `-${'0a'.repeat(17)}`],
  ['Artifactory', 'AKCp', word, 69],
  ['age', 'AGE-SECRET-KEY-1', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58],
  ['Alibaba', 'LTAI', lower + digits, 20],
  ['Azure application', 'aB38Q~', `${word}_~.-`, 32],
  ['JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.', `${word}-_`, 43],
];

/** How a token stands in what agents read and write. */
const places: readonly ((secret: string) => string)[] = [
  (secret) => `I found ${secret} in the log, is that a problem?`,
  (secret) => `{"value":"${secret}","n":1}`,
  (secret) => `curl -H 'X-Thing: ${secret}' https://example.com`,
  (secret) => String.raw`{"content":"first\n${secret}\nlast"}`,
];

/** Secrets that are known by the name or the place that they stand at. */
const named = (take: (alphabet: string, length: number) => string): readonly Planted[] => [
  at('AWS secret', 'aws_secret_access_key = ', take(`${word}/+`, 40)),
  at(
    'Azure storage',
    'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=',
    `${take(`${word}/+`, 86)}==`,
    ';E=1',
  ),
  at('Azure signature', 'https://x.blob.core.windows.net/c?sv=2024&sig=', `${take(word, 43)}%3D`),
  at('AWS signed address', 'https://b.s3.amazonaws.com/k?X-Amz-Signature=', take(hex, 64), '&x=1'),
  at('password', 'DB_PASSWORD=', take(word, 16)),
  at('short password', 'SMTP_PASS: ', 'hunter2'),
  at('password in JSON', '{"password": "', 'correct horse battery', '", "user": "me"}'),
  at('password in YAML', '  password: "', take(`${word}!?`, 12), '"'),
  at('connection string', 'postgresql://app:', take(`${word}!`, 18), '@db.internal:5432/main'),
  at('queue address', 'amqps://user:', take(word, 24), '@queue.example.com/v'),
  at('token in an address', 'git clone https://', take(lower + digits, 40), '@git.example.com/o/r'),
  at('basic authorization', 'Authorization: Basic ', take(word, 28)),
  at('bearer', 'authorization: Bearer ', take(`${word}-._`, 40)),
  at('cookie header', 'Cookie: ', `sid=${take(hex, 32)}; theme=dark`),
  at('set-cookie header', 'Set-Cookie: ', `session=${take(word, 32)}; Path=/; HttpOnly`),
  at('cookie in JSON', '{"cookie": "', `sid=${take(word, 20)}`, '"}'),
  at('curl user', 'curl -u admin:', take(`${word}!`, 14), ' https://example.com'),
  at(
    'private key',
    '',
    ['-----BEGIN ', 'PRIVATE KEY-----\n', take(`${word}+/`, 64), '\n-----END ', 'PRIVATE KEY-----'].join(''),
  ),
  at('subscription key', 'Ocp-Apim-Subscription-Key: ', take(hex, 32)),
  at('signing key', 'signing_key: ', take(hex, 64)),
  at('client secret', 'client_secret=', take(word, 32), '&grant_type=x'),
  at('npmrc', '//registry.npmjs.org/:_authToken=', take(hex, 36)),
  at('compose', '      POSTGRES_PASSWORD: ', take(word, 20)),
  at('object literal', "const db = { password: '", take(word, 14), "' };"),
];

/** What has no form and no name: rules cannot know it, and recall says so. */
const formless = (take: (alphabet: string, length: number) => string): readonly Planted[] => [
  at('AWS secret, bare', 'the other half is ', take(`${word}/+`, 40)),
  at('Azure key, bare', 'use ', take(hex, 32), ' for the model'),
  at('password in prose', 'log in as root with the password ', 'hunter2'),
  at('pass phrase in prose', 'the magic words are ', 'correct horse battery staple'),
];

export function plantedSecrets(seed: number): readonly Planted[] {
  const random = numbers(seed);
  const take = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
  const tokens = forms.flatMap(([name, beginning, alphabet, length, end = '']) =>
    places.map((place, index) => {
      const secret = beginning + take(alphabet, length) + end;
      // What makes an address known is no secret.
      return {
        name: `${name}, place ${index}`,
        text: place(secret),
        secret: secret.replace(/^https:.*\//, ''),
      };
    }),
  );
  return [...tokens, ...named(take), ...formless(take)];
}

function at(name: string, before: string, secret: string, after = ''): Planted {
  return { name, text: before + secret + after, secret };
}

/** Texts without a secret, from code, logs, prose and data. */
export const nearMisses: readonly string[] = [
  'max_tokens: 4096, temperature: 0.2',
  '"total_tokens": 12345, "prompt_tokens": 12000',
  'gen_ai.usage.input_tokens=1200',
  'commit 21a6f0ab3c4d5e6f708192a3b4c5d6e7f8091a2b',
  'integrity: sha512-aGVsbG8gd29ybGQgdGhpcyBpcyBub3QgYSBzZWNyZXQgYXQgYWxsLCBqdXN0IGEgaGFzaA==',
  'id 123e4567-e89b-12d3-a456-426614174000',
  'trace 0af7651916cd43dd8448eb211c80319c span b7ad6b7169203331',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  '.sk-button-primary-large-rounded { color: red }',
  'import { sk-learn-extension-modules } from x',
  'class="hf_hub_download_button_wrapper_element"',
  'npm_config_registry_and_other_settings=x',
  'npm_package_dependencies_typescript',
  'from huggingface_hub import hf_hub_download',
  'const password = process.env.DB_PASSWORD;',
  'const token = await getToken(user);',
  'password: string;',
  'token?: string | undefined',
  'if (password === other.password) return;',
  'secret: z.string().min(8)',
  'api_key: os.environ["API_KEY"]',
  'apiKey: this.#options.apiKey,',
  'token: ${TOKEN}',
  'Authorization: Bearer $TOKEN',
  'password: <your password>',
  'the password is wrong, please try again',
  'bearer certificates are negotiable instruments',
  'a JWT has three parts: header.payload.signature',
  'eyJ is how a token begins',
  'https://example.com/a?mail=x@y.z&page=2',
  'git@github.com:owner/repository.git',
  'http://localhost:5175/ingest',
  'scheme://host:8080/path',
  'docker run -u 1000:1000 image',
  'docker run --user www-data:www-data image',
  '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----',
  '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYI\n-----END PUBLIC KEY-----',
  'AKIA is the prefix of access keys',
  'SKU SK1234 is out of stock',
  'key-value stores, key-frames, key-bindings-for-editors',
  'pa-rt of a w-ord, fc-cache -fv, csk-ip',
  'const cookie = parse(header)',
  'Cookie: see RFC 6265',
  'the secret of good tea, the token of my esteem',
  'Tokens: 1,234 of 128,000',
  'primary_key: id, foreign_key: user_id, partition_key: day',
  'sort by key: name',
  'pass: 12 tests, fail: 0 tests',
  'compass: north',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample me@host',
  'SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8',
  'call_aB3dE5gH7jK9mN1pQ3sT5vW7',
  'msg_01XFDUDYJgAACzvnptvVoYEL',
  'toolu_01A09q90qw90lq917835lq9',
  'req_011CSHoEeqs5C35K2UUqR7Fy',
  'resp_68a1b2c3d4e5f60718293a4b5c6d7e8f',
  'chatcmpl-9xYzAbCdEfGhIjKlMnOpQrStUvWxY',
  'trace_0af7651916cd43dd8448eb211c80319c',
  'price_1MoBy5LkdIwHu7ixZhnattbh of plan_A1',
  'cus_9s6XKzkNRiz8i3 has no card',
  'arn:aws:iam::123456789012:role/service-role/name',
  'ami-0abcdef1234567890 in us-east-1',
  'gs://bucket/object.tar.gz?generation=1700000000000000',
  'node_modules/.pnpm/@opentelemetry+api@1.9.1/node_modules',
  'error TS2322: Type string is not assignable to type number',
  '    at Object.<anonymous> (/app/src/token.ts:12:34)',
  'function redactTokens(text: string): RedactedText {',
  'token: CancellationToken',
  'Private key: the file that stays with you',
];
