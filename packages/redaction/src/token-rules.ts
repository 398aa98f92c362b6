/** How an issuer writes its tokens: words that begin them, and what must follow. */
export type TokenRule = {
  readonly issuer: string;
  readonly prefixes: readonly string[];
  /** Sticky, and run once a place: nothing in it is looked at twice without a bound. */
  readonly rest: RegExp;
};

/**
 * Tokens by the form that their issuers give them. Where a name alone would also fit a word of prose or a CSS class,
 * what follows has to hold a digit. What has no form of its own (an AWS secret, an Azure key) is found by the name
 * that it is assigned to.
 */
export const tokenRules: readonly TokenRule[] = [
  rule('OpenAI, and those who write theirs alike', ['sk-'], mixed(/[\w-]{16,}/)),
  rule('OpenAI', ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], /[\w-]{16,}/),
  rule('Anthropic', ['sk-ant-'], /[\w-]{16,}/),
  rule('OpenRouter, Langfuse', ['sk-or-v1-', 'sk-lf-'], /[\w-]{16,}/),
  rule('Google: API key', ['AIza'], /[\w-]{30,}/),
  rule('Google: OAuth', ['GOCSPX-', 'ya29.', '1//0'], /[\w-]{20,}/),
  rule('AWS: access key id', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], /[A-Z0-9]{16}(?![A-Za-z0-9])/),
  rule('AWS: Bedrock', ['ABSK'], /[A-Za-z0-9+/]{60,}={0,2}/),
  rule('Alibaba, Tencent', ['LTAI', 'AKID'], /(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{12,40}(?![A-Za-z0-9])/),
  rule('DigitalOcean', ['doo_v1_', 'dop_v1_', 'dor_v1_'], /[a-f0-9]{32,}/),
  rule('Cloudflare', ['v1.0-'], /[a-f0-9]{24}-[a-f0-9]{100,}/),
  rule('Heroku', ['HRKU-'], /[\w-]{30,}/),
  rule('Netlify', ['nfp_', 'nfc_'], mixed(/[A-Za-z0-9]{30,}/)),
  rule('Supabase', ['sbp_', 'sb_secret_'], mixed(/[\w-]{20,}/)),
  rule('PlanetScale', ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'], /[\w.=-]{24,}/),
  rule('Fly', ['fo1_', 'fm1r_', 'fm2_'], mixed(/[\w+/=-]{30,}/)),
  rule('HashiCorp', ['hvs.', 'hvb.', 'hvr.'], mixed(/[\w-]{20,}/)),
  rule('Pulumi, Doppler', ['pul-', 'dp.pt.', 'dp.st.'], mixed(/[\w.-]{30,}/)),
  rule('OpenShift', ['sha256~'], /[\w-]{40,}/),
  rule('age', ['AGE-SECRET-KEY-1'], /[A-Z0-9]{50,}/),
  rule('1Password', ['ops_eyJ'], /[A-Za-z0-9+/]{100,}={0,3}/),
  rule('GitHub', ['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_'], /[A-Za-z0-9]{20,}/),
  rule('GitHub: fine-grained', ['github_pat_'], /\w{20,}/),
  rule(
    'GitLab',
    ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glsoat-', 'glft-', 'glimt-', 'glagent-', 'gloas-'],
    mixed(/[\w.-]{16,}/),
  ),
  rule('GitLab: runner', ['GR1348941'], /[\w-]{20,}/),
  rule('Bitbucket, Jira', ['ATATT3', 'ATBB', 'ATCTT3'], mixed(/[\w=-]{24,}/)),
  rule('npm', ['npm_'], /[A-Za-z0-9]{30,}/),
  rule('PyPI', ['pypi-'], mixed(/[\w-]{40,}/)),
  rule('RubyGems', ['rubygems_'], /[a-f0-9]{40,}/),
  rule('NuGet', ['oy2'], /[a-z0-9]{43}(?![A-Za-z0-9])/),
  rule('crates.io', ['cio'], /[A-Za-z0-9]{32}(?![A-Za-z0-9])/),
  rule('Docker', ['dckr_pat_', 'dckr_oat_'], /[\w-]{20,}/),
  rule('Artifactory', ['AKCp', 'cmVmd'], /[A-Za-z0-9]{50,}/),
  rule('Buildkite, CircleCI', ['bkua_', 'CCIPAT_', 'CCIPRJ_'], /\w{30,}/),
  rule('Hugging Face', ['hf_', 'api_org_'], /[A-Za-z0-9]{30,}/),
  rule('Groq, xAI, Perplexity, Replicate', ['gsk_', 'xai-', 'pplx-', 'r8_'], mixed(/[\w-]{30,}/)),
  rule('NVIDIA, Cerebras, Together', ['nvapi-', 'csk-', 'tgp_v1_'], mixed(/[\w-]{30,}/)),
  rule('Fireworks, Voyage', ['fw_', 'pa-'], mixed(/[\w-]{20,}/)),
  rule('Pinecone, LangSmith', ['pcsk_', 'lsv2_pt_', 'lsv2_sk_'], /\w{30,}/),
  rule('Tavily, Firecrawl, E2B, Jina', ['tvly-', 'fc-', 'e2b_', 'jina_'], mixed(/[\w-]{20,}/)),
  rule('ElevenLabs', ['sk_'], /[a-f0-9]{40,}/),
  rule('Databricks', ['dapi'], /[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])/),
  rule(
    'Slack',
    ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-'],
    /[\w%.-]{10,}/,
  ),
  rule('Slack: app', ['xapp-', 'xoxe.'], /[\w.-]{10,}/),
  rule('Stripe', ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'], /[A-Za-z0-9]{10,}/),
  rule('Stripe: webhook', ['whsec_'], /[A-Za-z0-9+/=]{16,}/),
  rule('Square', ['sq0atp-', 'sq0csp-'], /[\w-]{20,}/),
  rule('Shopify', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], /[a-fA-F0-9]{30,}/),
  rule('Twilio', ['SK'], /[a-f0-9]{32}(?![A-Za-z0-9])/),
  rule('SendGrid', ['SG.'], /[\w-]{16,40}\.[\w-]{16,64}/),
  rule('Mailgun', ['key-'], /[a-f0-9]{32}(?![A-Za-z0-9])/),
  rule('Brevo', ['xkeysib-', 'xsmtpsib-'], /[a-f0-9]{40,}[\w-]{0,40}/),
  rule('Grafana', ['glc_', 'glsa_'], mixed(/[\w+/=]{30,}/)),
  rule('New Relic', ['NRAK-', 'NRII-', 'NRJS-'], mixed(/[\w-]{16,}/)),
  rule('Sentry', ['sntrys_', 'sntryu_'], /[\w+/=-]{40,}/),
  rule('Linear, Notion', ['lin_api_', 'lin_oauth_', 'ntn_'], mixed(/[A-Za-z0-9]{30,}/)),
  rule('Figma, Postman, Typeform', ['figd_', 'PMAK-', 'tfp_'], mixed(/[\w-]{30,}/)),
  rule('Sourcegraph, Prefect, ReadMe', ['sgp_', 'pnu_', 'rdme_'], mixed(/\w{30,}/)),
  rule('EasyPost', ['EZAK', 'EZTK'], mixed(/[A-Za-z0-9]{50,}/)),
  rule('Adobe', ['p8e-'], /[a-z0-9]{32}/i),
];

function rule(issuer: string, prefixes: readonly string[], rest: RegExp): TokenRule {
  return { issuer, prefixes, rest: new RegExp(rest.source, `${rest.flags}y`) };
}

/** Only what holds a digit soon, and beside it a capital, or is one long word: not `sk-learn-like-names`. */
function mixed(rest: RegExp): RegExp {
  return new RegExp(
    String.raw`(?=[A-Za-z_.+/=-]{0,40}\d)(?:(?=[a-z\d_.+/=-]{0,60}[A-Z])|(?=[a-z\d]{24})|(?=[\w-]{0,30}[a-f\d]{20}))${rest.source}`,
  );
}
