import { CompactError, unknownName } from '@clew/core';
import type {
  AgentItem,
  Archive,
  CapabilityOverrides,
  CompactObserver,
  CompactPolicyInput,
  CompactionHooks,
  Counter,
  KeepRule,
  MetricsStore,
  PriceList,
  Protects,
  RunLog,
  SessionStore,
  Summarizer,
  TriggerRule,
} from '@clew/core';
import type { ProtectionRule, SeamOptions } from '@clew/openai-agents';
import type { SinkLog, SpanSink } from '@clew/exporters';
import type { PersonalData } from '@clew/redaction';
import type { ModelProvider, ModelSettings } from '@openai/agents';
import type { Meter } from '@opentelemetry/api';
import { capabilityInputOf } from './capabilities-of-config.ts';
import { renamed, snakeCase } from './case-names.ts';
import { priceInputOf } from './prices-of.ts';
import type { ConfigInput, ExporterName } from './config.ts';

/** What code may say. It wins over the environment, which wins over the file, which wins over the defaults. */
export type ClewOptions = {
  /** A configuration file; else `compact.yaml`, `.yml`, `.json` or `.ts` in `directory`, where there is one. */
  readonly file?: string | undefined;
  /** Default: the working directory. */
  readonly directory?: string | undefined;
  /** Default: `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;

  readonly model?: string | undefined;
  readonly maxContextTokens?: number | undefined;
  readonly policy?: CompactPolicyInput | undefined;
  /** What models can do that the matrix of providers does not know, or knows otherwise: by name, field by field. */
  readonly capabilities?: CapabilityOverrides | undefined;
  /** Who writes the summaries, by name, and for how long. */
  readonly summary?: {
    readonly model?: string | undefined;
    readonly fallbackModels?: readonly string[] | undefined;
    readonly maxInputTokens?: number | undefined;
    readonly timeoutMillis?: number | undefined;
    readonly totalMillis?: number | undefined;
  };
  /** What models cost, for the cost in the record and `policy.maxBreakEvenCalls`. None are built in. */
  readonly prices?: PriceList | undefined;
  readonly telemetry?: {
    readonly exporter?: 'auto' | ExporterName | readonly ExporterName[] | undefined;
    readonly ariadneUrl?: string | readonly string[] | undefined;
    readonly otlpUrl?: string | undefined;
    readonly otlpProtocol?: 'http/json' | 'http/protobuf' | undefined;
    readonly consoleFormat?: 'human' | 'json' | undefined;
    readonly filePath?: string | undefined;
    readonly spool?: boolean | undefined;
    readonly spoolPath?: string | undefined;
    readonly spoolMaxBytes?: number | undefined;
    readonly serviceName?: string | undefined;
    readonly capture?: 'none' | 'redacted' | 'full' | undefined;
  };
  readonly storage?: {
    readonly adapter?: 'fs' | 's3' | 'custom' | 'none' | undefined;
    readonly path?: string | undefined;
    readonly retentionDays?: number | undefined;
    readonly retentionCompactions?: number | undefined;
    readonly retentionBytes?: number | undefined;
    readonly bucket?: string | undefined;
    readonly prefix?: string | undefined;
    readonly region?: string | undefined;
    readonly endpoint?: string | undefined;
    readonly kmsKeyId?: string | undefined;
    readonly required?: boolean | undefined;
    readonly timeoutMillis?: number | undefined;
    readonly sessionsPath?: string | undefined;
    readonly runLogPath?: string | undefined;
    readonly runLogSync?: 'always' | 'compactions' | 'never' | undefined;
    readonly metricsPath?: string | undefined;
  };
  readonly redaction?: {
    readonly enabled?: boolean | undefined;
    readonly patterns?: readonly string[] | undefined;
    readonly personal?: readonly PersonalData[] | undefined;
    readonly allow?: readonly string[] | undefined;
    /** A rule of one's own: the text without its secrets. Where it throws, the whole text is replaced. */
    readonly custom?: ((text: string) => string) | undefined;
  };

  /** Where models come from. Default: the SDK's default provider. */
  readonly modelProvider?: ModelProvider | undefined;
  /** The conversation of a call. Default: the group of the SDK's trace, else its id. */
  readonly sessionId?: SeamOptions['sessionId'];
  /** Further sinks, besides those of `telemetry.exporter`. */
  readonly sinks?: readonly SpanSink[] | undefined;
  /**
   * Writes the summaries. Default: `summary.model`, else `model`, through `modelProvider`. `null`: the digest, which
   * needs no model.
   */
  readonly summarizer?: Summarizer | null | undefined;
  /** Asked in turn where the summariser fails for good. Default: `summary.fallbackModels`, through `modelProvider`. */
  readonly fallbackSummarizers?: readonly Summarizer[] | undefined;
  /** Settings for the calls of models that write summaries. A temperature is left out where a model refuses it. */
  readonly summarizerSettings?:
    | { temperature?: number | null; reasoningTokens?: number; modelSettings?: ModelSettings }
    | undefined;
  readonly counter?: Counter | undefined;
  /** What may never leave, as named rules; `app.memory.protect(item)` adds single items. */
  readonly protect?: readonly ProtectionRule[] | undefined;
  readonly isProtected?: Protects<AgentItem> | undefined;
  /** When to compact, besides what the policy says. */
  readonly triggers?: readonly TriggerRule[] | undefined;
  /** What to keep, besides what the policy says. */
  readonly keep?: readonly KeepRule[] | undefined;
  /** An archive of your own, in the place of the one that `storage` names. */
  readonly archive?: Archive | undefined;
  /** Where sessions are remembered between calls, in the place of `storage.sessionsPath`. */
  readonly store?: SessionStore | undefined;
  /** A run log of your own, in the place of `storage.runLogPath`. */
  readonly runLog?: RunLog | undefined;
  /** Where the metrics ledger is kept, in the place of `storage.metricsPath`. */
  readonly metricsStore?: MetricsStore | undefined;
  /** What the application does before and after a compaction. */
  readonly hooks?: CompactionHooks<AgentItem> | undefined;
  /** Told of each run beside the telemetry. */
  readonly observer?: CompactObserver | undefined;
  /** Start the SDK's generation span for models that do not trace themselves. Default false. */
  readonly emitGenerationSpan?: boolean | undefined;
  /** Tell of a compaction on the stream of the call that it was made for. Default true. */
  readonly streamEvents?: boolean | undefined;
  /** `add` keeps the SDK's own export to OpenAI as it is; `only` leaves our bridge alone. Default `add`. */
  readonly sdkTracing?: 'add' | 'only' | undefined;
  /**
   * Writes each run of the engine as custom spans of the SDK, too, for those who look at traces in OpenAI's dashboard:
   * the SDK's exporter sends them there, with content as `telemetry.capture` lets through. Default false.
   */
  readonly mirrorCompaction?: boolean | undefined;
  /** Where trouble with delivery is told, once. Default: a line on standard error. */
  readonly log?: SinkLog | undefined;
  /** Where the engine counts its runs (`compact.*`) and delivery measures itself (`otel.sdk.*`). Default: nowhere. */
  readonly meter?: Meter | undefined;
  /** Signals on which what is left is sent before the process ends. Default: none. */
  readonly drainOn?: readonly NodeJS.Signals[] | undefined;
  /** Told of a preflight that failed; the model's call goes on as if there were no compaction. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

const optionNames: Readonly<Record<keyof ClewOptions, true>> = {
  file: true,
  directory: true,
  environment: true,
  model: true,
  maxContextTokens: true,
  policy: true,
  capabilities: true,
  summary: true,
  prices: true,
  telemetry: true,
  storage: true,
  redaction: true,
  modelProvider: true,
  sessionId: true,
  sinks: true,
  summarizer: true,
  fallbackSummarizers: true,
  summarizerSettings: true,
  counter: true,
  protect: true,
  isProtected: true,
  triggers: true,
  keep: true,
  archive: true,
  store: true,
  runLog: true,
  metricsStore: true,
  hooks: true,
  observer: true,
  emitGenerationSpan: true,
  sdkTracing: true,
  mirrorCompaction: true,
  log: true,
  meter: true,
  drainOn: true,
  onError: true,
  streamEvents: true,
};

/**
 * Also a JavaScript program, and a `compact.ts`, which nothing checks, learn of a typo.
 * @throws CompactError `invalid_options`
 */
export function assertOptionNames(options: object, source: string): void {
  const known = Object.keys(optionNames);
  const lines = Object.keys(options)
    .filter((name) => !Object.hasOwn(optionNames, name))
    .map((name) => `  ${unknownName(name, name, known)}`);
  if (lines.length === 0) return;
  throw new CompactError({
    code: 'invalid_options',
    message: `The options of clew() in ${source} are not valid:\n${lines.join('\n')}`,
  });
}

/** The part of the options that a configuration file could have said, as it would say it. */
export function configInputOf(options: ClewOptions): ConfigInput {
  const { model, maxContextTokens, policy, capabilities, summary, prices, telemetry, storage } = options;
  // A function is nothing that a file can say.
  const redaction = options.redaction && { ...options.redaction, custom: undefined };
  const same = { model, maxContextTokens, policy, summary, telemetry, storage, redaction };
  return {
    ...(renamed(same, snakeCase) as ConfigInput),
    ...(capabilities === undefined ? {} : { capabilities: capabilityInputOf(capabilities) }),
    ...(prices === undefined ? {} : { prices: priceInputOf(prices) }),
  };
}
