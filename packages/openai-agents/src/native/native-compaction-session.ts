import { CompactError, TiktokenCounter } from '@clew/core';
import type { AgentItem, CompactManager } from '@clew/core';
import type { AgentInputItem, Session } from '@openai/agents-core';
import { ItemTokens } from '../sessions/item-tokens.ts';
import type { TokenCounter } from '../sessions/item-tokens.ts';
import { SessionDecorator } from '../sessions/session-decorator.ts';
import { reporter } from '../safely.ts';
import { compactionAt } from './native-report.ts';

/** What the SDK's `OpenAIResponsesCompactionSession` is made with. */
export type CompactionSessionSettings = {
  readonly underlyingSession: Session;
  readonly model: string;
  readonly shouldTriggerCompaction: (context: {
    readonly sessionItems: readonly AgentInputItem[];
  }) => Promise<boolean>;
};

type Compacting = Session & { readonly runCompaction: (...given: never[]) => Promise<unknown> };

export type NativeCompactionSessionOptions = {
  readonly manager: Pick<CompactManager<AgentItem>, 'providerUse' | 'reportProvider' | 'capabilitiesOf'>;
  /** Keeps the items. */
  readonly underlying: Session;
  readonly model: string;
  /** `(settings) => new OpenAIResponsesCompactionSession({ client, ...settings })` */
  readonly create: (settings: CompactionSessionSettings) => Compacting;
  /** The engine's session, as the model provider is told it. Default: the session's own id. */
  readonly sessionId?: string | undefined;
  /** Default: js-tiktoken. */
  readonly tokenCounter?: TokenCounter | undefined;
  /** Told of a compaction that could not be had; the session is then left as it is. Default: OTel's `diag`. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

/**
 * The SDK's session that OpenAI compacts between runs, at `/v1/responses/compact`: when the policy says so and not after
 * so many items, and with its work taken down in the engine's ledger. A compaction that fails leaves the session as it
 * is, and the run with its answer.
 *
 * Where the model has no such endpoint, the session is the underlying one, and the engine compacts in the model's seam.
 *
 * @throws CompactError `invalid_options` where the policy says `local`
 */
export function nativeCompactionSession(options: NativeCompactionSessionOptions): Session {
  const { manager, underlying, model, create, tokenCounter = TiktokenCounter.forModel(model) } = options;
  const report = reporter(options.onError, 'A session was not compacted by its provider');
  const use = manager.providerUse({ model, route: { transport: 'openai_responses' } });
  if (use.mode === 'local') {
    throw new CompactError({
      code: 'invalid_options',
      message:
        "nativeCompactionSession would have no effect: policy.providerMode is local. Say 'native' or 'auto', or use the underlying session.",
    });
  }
  const { compactEndpoint } = manager.capabilitiesOf(model).capabilities;
  const threshold = use.ask?.compaction?.thresholdTokens;
  if (threshold === undefined || compactEndpoint === undefined || compactEndpoint === false) {
    const why = use.fallback ?? `${model} has no endpoint that compacts.`;
    report(new CompactError({ code: 'invalid_options', message: `${why} The engine compacts instead.` }));
    return underlying;
  }
  const tokens = new ItemTokens(tokenCounter, report);
  let due: readonly AgentInputItem[] | undefined;
  const inner = create({
    underlyingSession: underlying,
    model,
    shouldTriggerCompaction: async ({ sessionItems }) => {
      let total = 0;
      for (const item of sessionItems) total += await tokens.weigh(item);
      due = total >= threshold ? sessionItems : undefined;
      return due !== undefined;
    },
  });
  const before = async () => due ?? (await inner.getItems());
  return new WatchedSession(inner, { options, before, report });
}

type Watch = {
  readonly options: NativeCompactionSessionOptions;
  /** What was stored when it was compacted. */
  readonly before: () => Promise<readonly AgentInputItem[]>;
  readonly report: (error: unknown) => void;
};

class WatchedSession extends SessionDecorator {
  constructor(inner: Compacting, { options, before, report }: Watch) {
    super(inner);
    const { manager, model } = options;
    const compact = async (...given: never[]): Promise<unknown> => {
      const items = await before();
      let usage: unknown;
      try {
        usage = await inner.runCompaction(...given);
      } catch (error) {
        report(error);
        return null;
      }
      if (usage === null || usage === undefined) return usage;
      const stored: readonly AgentItem[] = await inner.getItems();
      const item = stored[compactionAt(stored)];
      if (item === undefined) return usage;
      const sessionId = options.sessionId ?? (await this.getSessionId());
      await manager.reportProvider({ sessionId, items, compaction: { item }, model }).catch(report);
      return usage;
    };
    Object.defineProperty(this, 'runCompaction', { value: compact, configurable: true });
  }

  protected async visible(
    stored: readonly AgentInputItem[],
    limit: number | undefined,
  ): Promise<AgentInputItem[]> {
    return limit === undefined ? [...stored] : stored.slice(Math.max(0, stored.length - limit));
  }
}
