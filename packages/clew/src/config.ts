import { CompactError, CompactPolicy, ModelPrice, PriceList, describeIssues } from '@clew/core';
import type { DescribeIssuesOptions } from '@clew/core';
import { z } from 'zod';
import { CapabilitiesSection } from './capabilities-of-config.ts';
import { snakeCase } from './case-names.ts';
import { withPolicyName } from './lifecycle-policy.ts';

const exporterNames = ['ariadne', 'otlp', 'console', 'file', 'custom', 'none'] as const;
const ExporterName = z.enum(exporterNames);
export type ExporterName = z.infer<typeof ExporterName>;

/** The policy's fields as a file writes them. Their defaults are the engine's. */
const PolicySection = z.strictObject(
  Object.fromEntries(
    Object.entries(CompactPolicy.shape).map(([name, field]) => [
      snakeCase(name),
      field
        .unwrap()
        .optional()
        .describe(field.description ?? ''),
    ]),
  ),
);

/** What one model costs. */
const PriceSection = z.strictObject({
  input: ModelPrice.shape.input,
  cached_input: ModelPrice.shape.cachedInput,
  cache_write: ModelPrice.shape.cacheWrite,
  output: ModelPrice.shape.output,
});

/** A configuration file, in snake_case, as the specification names its fields. */
export const ConfigFile = z.strictObject({
  model: z.string().min(1).default('gpt-5').describe('The model whose window is watched.'),
  max_context_tokens: z.number().int().positive().default(128_000).describe('Its window, in tokens.'),
  policy: PolicySection.default({}),
  capabilities: CapabilitiesSection.default({}).describe(
    'What models can do that the matrix of providers does not know, or knows otherwise, by their exact names: provider, window_tokens, max_output_tokens, server_compaction, compact_endpoint, context_editing, prompt_caching, server_state. In the environment, JSON.',
  ),
  summary: z
    .strictObject({
      model: z.string().min(1).optional().describe('The model that writes the summaries. Default: model.'),
      fallback_models: z
        .array(z.string().min(1))
        .default([])
        .describe('Models that are asked in turn where the one before fails for good.'),
      max_input_tokens: z
        .number()
        .int()
        .positive()
        .optional()
        .describe(
          "The longest request that the summary's model takes, in tokens. Default: what the window of model leaves.",
        ),
      timeout_millis: z.number().int().positive().default(60_000).describe('How long one call may take.'),
      total_millis: z
        .number()
        .int()
        .positive()
        .default(100_000)
        .describe('How long a summary may take, all tries, waits and stages together.'),
    })
    .prefault({}),
  prices: z
    .strictObject({
      currency: PriceList.shape.currency.describe('The currency of the prices, by its three letters.'),
      version: PriceList.shape.version,
      models: z
        .record(z.string().min(1), PriceSection)
        .describe(
          'What models cost per million tokens, by their exact names: input, output, and where they differ cached_input and cache_write. In the environment, JSON.',
        ),
    })
    .optional(),
  telemetry: z
    .strictObject({
      exporter: z
        .union([z.literal('auto'), ExporterName, z.array(ExporterName)])
        .default('auto')
        .describe(
          'Where spans go: one, or a list. `auto`: as ariadne_url, otlp_url or the OTEL_* variables say; else to a local Ariadne or Clew host if one answers, else a quiet console.',
        ),
      ariadne_url: z
        .union([z.url(), z.array(z.url()).min(1)])
        .default('http://localhost:5175/ingest')
        .describe('The /ingest of Ariadne or of the Clew host; several are sent to side by side.'),
      otlp_url: z.url().optional().describe('An OTLP/HTTP endpoint; else OTEL_EXPORTER_OTLP_* decides.'),
      otlp_protocol: z
        .enum(['http/json', 'http/protobuf'])
        .optional()
        .describe('How OTLP is written. Default: OTEL_EXPORTER_OTLP_PROTOCOL, else http/protobuf.'),
      console_format: z
        .enum(['human', 'json'])
        .default('human')
        .describe('What the console exporter writes to standard error, a line a span.'),
      file_path: z
        .string()
        .min(1)
        .default('./.compact/spans.jsonl')
        .describe('Where the file exporter adds a line of OTLP/JSON for each span.'),
      spool: z
        .boolean()
        .default(true)
        .describe('Keep spans on disk until they are delivered, so that they survive the process.'),
      spool_path: z.string().min(1).default('./.compact/spool').describe('The folder of the spool.'),
      spool_max_bytes: z
        .number()
        .int()
        .min(65_536)
        .default(256 * 1024 * 1024)
        .describe(
          'How much each exporter may keep there; when it is full, the oldest leave and are counted.',
        ),
      service_name: z
        .string()
        .min(1)
        .default('agent')
        .describe('service.name of the exported spans. Default: OTEL_SERVICE_NAME, else agent.'),
      capture: z
        .enum(['none', 'redacted', 'full'])
        .default('redacted')
        .describe('Whether content (summaries, previews) leaves the process.'),
    })
    .prefault({}),
  storage: z
    .strictObject({
      adapter: z
        .enum(['fs', 's3', 'custom', 'none'])
        .default('fs')
        .describe(
          'Where transcripts and summaries are archived. `custom`: what the code gives as `archive`.',
        ),
      path: z.string().min(1).default('./.compact/archive').describe('The folder of the fs adapter.'),
      retention_days: z
        .number()
        .positive()
        .optional()
        .describe(
          'How long the fs adapter keeps what it stored, and how long a session may be idle. Default: for ever.',
        ),
      retention_compactions: z
        .number()
        .int()
        .positive()
        .optional()
        .describe('How many compactions of a session the fs adapter keeps, the latest. Default: all.'),
      retention_bytes: z
        .number()
        .int()
        .positive()
        .optional()
        .describe(
          'How much the fs adapter keeps of all sessions together; the oldest goes first. Default: all.',
        ),
      bucket: z.string().min(1).optional().describe('The bucket of the s3 adapter.'),
      prefix: z.string().default('').describe('What every key of the s3 adapter begins with, as a folder.'),
      region: z.string().min(1).optional().describe("The bucket's region. Default: as the AWS SDK finds it."),
      endpoint: z.url().optional().describe('A service that speaks S3 and is not AWS.'),
      kms_key_id: z
        .string()
        .min(1)
        .optional()
        .describe('The KMS key (an id, an ARN or an alias) to encrypt with. Default: as the bucket says.'),
      required: z
        .boolean()
        .default(false)
        .describe(
          'Do not compact what could not be archived. Else it is compacted, and the failure recorded.',
        ),
      timeout_millis: z
        .number()
        .int()
        .positive()
        .default(30_000)
        .describe('How long the archive may take for one object.'),
      sessions_path: z
        .string()
        .min(1)
        .optional()
        .describe(
          'A folder in which sessions outlive the process: the next one goes on with the same summary. Default: none.',
        ),
      run_log_path: z
        .string()
        .min(1)
        .optional()
        .describe(
          'A folder for a log of each conversation, every item and every compaction in order, content as telemetry.capture says. Default: none.',
        ),
      run_log_sync: z
        .enum(['always', 'compactions', 'never'])
        .default('compactions')
        .describe(
          'When the run log waits for the disk: a loss of power takes what was not synced, the end of the process nothing.',
        ),
      metrics_path: z
        .string()
        .min(1)
        .optional()
        .describe(
          'A folder for the metrics ledger: runs, outcomes, tokens reclaimed, the cost of summaries, fallbacks and overflows, by session and day. Default: none.',
        ),
    })
    .prefault({}),
  redaction: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Take secrets out before anything leaves the process.'),
      patterns: z.array(z.string()).default([]).describe('Further patterns; a leading (?i) is understood.'),
      personal: z
        .array(z.enum(['email', 'phone', 'card', 'iban']))
        .default([])
        .describe('Personal data to take out too.'),
      allow: z
        .array(z.string())
        .default([])
        .describe('Texts, or names of keys, that may stay although a rule finds them.'),
    })
    .prefault({}),
});
export type ConfigFile = z.infer<typeof ConfigFile>;
export type ConfigInput = z.input<typeof ConfigFile>;

/**
 * @param source names where the value comes from, for the message
 * @throws CompactError `invalid_options`, a line for each field: its name, what was expected and what came
 */
export function parseConfig(given: unknown, source: string, options: DescribeIssuesOptions = {}): ConfigFile {
  const value = typeof given === 'object' && given !== null ? withPolicyName(given, source) : given;
  const parsed = ConfigFile.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const lines = describeIssues(ConfigFile, issues, value, options).map((sentence) => `  ${sentence}`);
  throw new CompactError({
    code: 'invalid_options',
    message: `The configuration in ${source} is not valid:\n${lines.join('\n')}`,
    details: { issues },
  });
}
