import { type ModelProvider, setTracingDisabled } from '@openai/agents';
import { clew, type CompactObserver, TiktokenCounter } from 'clew';
import type { ChosenModel } from './choose-model.ts';
import type { CompactionFact, SpanFacts } from './facts.ts';
import type { CountTokens } from './prompt.ts';

export type WireOptions = {
  readonly model: ChosenModel;
  readonly windowTokens: number;
  readonly sessionId: string;
  /** Each gets every span. */
  readonly ingestUrls: readonly string[];
  /** A receiver of OTLP that gets them too; else the standard variables say whether there is one. */
  readonly otlpUrl: string | undefined;
  readonly archiveFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onCompaction: (fact: CompactionFact) => void;
  /** Told of a call that went out as if there were no compaction. */
  readonly onError: (error: unknown) => void;
};

/** Compaction and telemetry, as a runner needs them. */
export type Wired = {
  /** The model's provider, with a look at the budget before each call. */
  readonly modelProvider: ModelProvider;
  /** Waits until what was emitted is delivered, and says how much that was. */
  flush(): Promise<SpanFacts>;
  close(): Promise<void>;
};

export async function wireClew(options: WireOptions): Promise<Wired> {
  const { model, windowTokens } = options;
  // A demo is there to be seen, whatever the environment says.
  setTracingDisabled(false);
  const wired = await clew({
    model: model.name,
    maxContextTokens: windowTokens,
    modelProvider: model.provider,
    sessionId: options.sessionId,
    directory: options.archiveFolder,
    environment: options.env,
    telemetry: {
      exporter: isOtlpWanted(options) ? ['ariadne', 'otlp'] : 'ariadne',
      ariadneUrl: options.ingestUrls,
      otlpUrl: options.otlpUrl,
      serviceName: 'clew-demo',
    },
    storage: { adapter: 'fs', path: options.archiveFolder },
    counter: new TiktokenCounter(),
    // Reasoning models refuse the parameter.
    ...(model.isLive && { summarizerSettings: { temperature: null } }),
    emitGenerationSpan: !model.isLive,
    // The demo's spans go to the viewer, not to OpenAI.
    sdkTracing: 'only',
    observer: tellCompactions(options.onCompaction),
    onError: options.onError,
  });
  return {
    modelProvider: wired.runConfig.modelProvider,
    flush: async () => {
      await wired.flush();
      const { emitted, delivered, dropped } = wired.stats();
      return { emitted, delivered, dropped };
    },
    close: async () => wired.shutdown(),
  };
}

function isOtlpWanted({ otlpUrl, env }: WireOptions): boolean {
  const said = [otlpUrl, env['OTEL_EXPORTER_OTLP_ENDPOINT'], env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']];
  return said.some((address) => address !== undefined && address !== '');
}

/** Counts as the engine does. The same texts come again with every call of a session, so each is counted once. */
export function createTokenCounter(): CountTokens {
  const counter = new TiktokenCounter();
  const known = new Map<string, number>();
  return (text) => {
    const count = known.get(text) ?? counter.count(text);
    known.set(text, count);
    return count;
  };
}

const compacting: ReadonlySet<string> = new Set(['compacted', 'pruned_only', 'fallback']);

function tellCompactions(tell: (fact: CompactionFact) => void): CompactObserver {
  return {
    start: () => ({
      tell: () => {},
      within: async (work) => work(),
      end: ({ outcome, tokens }) => {
        if (!compacting.has(outcome)) return;
        tell({ outcome, tokensBefore: tokens.before, tokensAfter: tokens.after });
      },
    }),
  };
}
