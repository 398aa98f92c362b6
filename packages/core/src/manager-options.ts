import { z } from 'zod';
import type { Archive } from './archive.ts';
import { limitArchive } from './limit-archive.ts';
import { PriceList } from './cache/prices.ts';
import type { Counter } from './counter.ts';
import type { Dialect } from './dialect.ts';
import type { Engine } from './engine.ts';
import { CompactError } from './errors.ts';
import type { CompactionHooks } from './hooks/compaction-hooks.ts';
import { createTelling } from './facts/told.ts';
import { parseOptions } from './issues/parse-options.ts';
import { createInspector } from './inspector.ts';
import { keepRulesOf } from './keep.ts';
import type { KeepRule } from './keeping/keep-rule.ts';
import { MemorySessionStore } from './memory-session-store.ts';
import type { CompactObserver } from './observer.ts';
import { parsePolicy } from './parse-policy.ts';
import type { CompactPolicy, CompactPolicyInput } from './policy.ts';
import { rememberCounts } from './remember-counts.ts';
import type { Protects } from './protects.ts';
import type { RunLogOptions } from './run-log/run-log-writer.ts';
import type { SessionStore } from './session-store.ts';
import { sleep } from './sleep.ts';
import type { Sleep } from './sleep.ts';
import type { Summarizer } from './summarizer.ts';
import { TiktokenCounter } from './tiktoken-counter.ts';
import { policyTriggers } from './triggers/policy-triggers.ts';
import { CapabilityOverrides } from './providers/capabilities-of.ts';
import { hardLimit } from './providers/hard-limit.ts';
import { mediaWeight } from './weigh.ts';
import type { TriggerRule } from './triggers/trigger-rule.ts';

export type CompactManagerOptions<TItem> = {
  /** The model whose window is watched. */
  readonly model: string;
  /** Its window, in tokens. */
  readonly maxContextTokens: number;
  readonly dialect: Dialect<TItem>;
  readonly policy?: CompactPolicyInput | undefined;
  /** When to compact, besides what the policy says. */
  readonly triggers?: readonly TriggerRule[] | undefined;
  /** What to keep, besides what the policy says. */
  readonly keep?: readonly KeepRule[] | undefined;
  /** By default js-tiktoken, with the model's encoding. */
  readonly counter?: Counter | undefined;
  /** What models cost, for `result.cost` and `policy.maxBreakEvenCalls`. None are built in. */
  readonly prices?: PriceList | undefined;
  /** What models can do that the matrix does not know, or knows otherwise: by id, field by field. */
  readonly capabilities?: CapabilityOverrides | undefined;
  /** Without one, summaries are the deterministic digest. */
  readonly summarizer?: Summarizer | undefined;
  /** Asked in turn where the summariser before them fails for good: cheaper models, or another provider's. */
  readonly fallbackSummarizers?: readonly Summarizer[] | undefined;
  readonly archive?: Archive | undefined;
  /** Writes down every item and every compaction of each session, in order, behind the calls. Default: nothing. */
  readonly runLog?: RunLogOptions | undefined;
  /** What the application does before and after a compaction. */
  readonly hooks?: CompactionHooks<TItem> | undefined;
  /** Do not compact what could not be archived. By default it is compacted, and the failure recorded. */
  readonly isArchiveRequired?: boolean | undefined;
  /** How long the archive may take for one object, to store or to read, in milliseconds. Default 30,000. */
  readonly archiveTimeoutMillis?: number | undefined;
  /** How long one call of a summariser may take, in milliseconds. Default 60,000. */
  readonly summaryTimeoutMillis?: number | undefined;
  /** How long a summary may take, all tries, waits and stages together, in milliseconds. Default 100,000. */
  readonly summaryTotalMillis?: number | undefined;
  /** How long a call waits for the run before it in the same session, in milliseconds. Default 120,000. */
  readonly lockTimeoutMillis?: number | undefined;
  /** How long the session store may take to load or save, in milliseconds. Default 5,000. */
  readonly storeTimeoutMillis?: number | undefined;
  /** What may never leave, besides the policy's roles and flag. */
  readonly isProtected?: Protects<TItem> | undefined;
  readonly observer?: CompactObserver | undefined;
  /** Where sessions are remembered between calls. Default: this process. */
  readonly store?: SessionStore | undefined;
  readonly now?: (() => number) | undefined;
  /** Waits between two tries. Default: a timer. */
  readonly sleep?: Sleep | undefined;
  /** In [0, 1), for the length of those waits. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  readonly newId?: (() => string) | undefined;
};

const Numbers = z.object({
  model: z.string().min(1),
  maxContextTokens: z.number().int().positive(),
  summaryTimeoutMillis: z.number().int().positive().default(60_000),
  summaryTotalMillis: z.number().int().positive().default(100_000),
  lockTimeoutMillis: z.number().int().positive().default(120_000),
  storeTimeoutMillis: z.number().int().positive().default(5_000),
  archiveTimeoutMillis: z.number().int().positive().default(30_000),
});

export type ResolvedOptions<TItem> = {
  readonly engine: Engine<TItem>;
  readonly observer: CompactObserver | undefined;
  readonly store: SessionStore;
  readonly lockTimeoutMillis: number;
  readonly storeTimeoutMillis: number;
};

/** @throws CompactError `invalid_options` or `invalid_policy` */
export function resolveOptions<TItem>(options: CompactManagerOptions<TItem>): ResolvedOptions<TItem> {
  const numbers = parseOptions(Numbers, options, 'The options of CompactManager');
  const policy = parsePolicy(options.policy);
  const { model, maxContextTokens, summaryTimeoutMillis, summaryTotalMillis } = numbers;
  const { lockTimeoutMillis, storeTimeoutMillis, archiveTimeoutMillis } = numbers;
  if (policy.prepareAheadPct !== undefined && options.summarizer === undefined) {
    throw new CompactError({
      code: 'invalid_policy',
      message:
        'policy.prepareAheadPct would have no effect: there is no summarizer to wait for. Give one, or leave it out.',
    });
  }
  if (policy.hardCapBuffer >= maxContextTokens) {
    throw new CompactError({
      code: 'invalid_options',
      message:
        `maxContextTokens must be above policy.hardCapBuffer (${policy.hardCapBuffer}), got ${maxContextTokens}: ` +
        'nothing would be left for the prompt.',
    });
  }
  const prices = pricesOf(options, policy);
  const capabilities = parseOptions(CapabilityOverrides, options.capabilities ?? {}, 'The capabilities');
  const { summarizer, fallbackSummarizers = [] } = options;
  if (summarizer === undefined && fallbackSummarizers.length > 0) {
    throw new CompactError({
      code: 'invalid_options',
      message:
        'fallbackSummarizers were given without a summarizer to fall back from. Give the first as summarizer.',
    });
  }
  const given = options.counter ?? TiktokenCounter.forModel(model);
  const counter = rememberCounts(given, { longestText: 8192, mostUnits: 1_000_000 });
  const weightOf = mediaWeight(model, counter);
  return {
    engine: {
      model,
      maxContextTokens,
      summaryTimeoutMillis,
      summaryTotalMillis,
      policy,
      triggers: [...policyTriggers(policy), ...(options.triggers ?? [])],
      guards: [hardLimit, ...(options.triggers ?? [])],
      capabilities,
      keepRules: keepRulesOf(policy, options.keep),
      counter,
      prices,
      dialect: options.dialect,
      fixedCounter: rememberCounts(given),
      mediaWeight: weightOf,
      inspector: createInspector(options.dialect, counter, policy.protectedFlag, weightOf),
      summarizer,
      fallbackSummarizers,
      telling: createTelling(),
      archive: options.archive && limitArchive(options.archive, archiveTimeoutMillis),
      hooks: options.hooks,
      isArchiveRequired: options.isArchiveRequired ?? false,
      isProtected: options.isProtected ?? (() => false),
      protectionVersion: options.isProtected?.version ?? (() => 0),
      now: options.now ?? Date.now,
      sleep: options.sleep ?? sleep,
      random: options.random ?? Math.random,
      newId: options.newId ?? (() => crypto.randomUUID()),
    },
    observer: options.observer,
    store: options.store ?? new MemorySessionStore(),
    lockTimeoutMillis,
    storeTimeoutMillis,
  };
}

function pricesOf<TItem>(
  { prices }: Pick<CompactManagerOptions<TItem>, 'prices'>,
  { maxBreakEvenCalls }: CompactPolicy,
): PriceList | undefined {
  if (prices === undefined) {
    if (maxBreakEvenCalls === undefined) return undefined;
    throw new CompactError({
      code: 'invalid_policy',
      message:
        'policy.maxBreakEvenCalls would have no effect: no prices are known. Give some, or leave it out.',
    });
  }
  return parseOptions(PriceList, prices, 'The prices');
}
