import type { Archive } from './archive.ts';
import type { PriceList } from './cache/prices.ts';
import type { Counter } from './counter.ts';
import type { Dialect } from './dialect.ts';
import type { CompactionHooks } from './hooks/compaction-hooks.ts';
import type { Telling } from './facts/told.ts';
import type { Inspector } from './inspector.ts';
import type { ItemView } from './item-view.ts';
import type { KeepRule } from './keeping/keep-rule.ts';
import type { CompactPolicy } from './policy.ts';
import type { CapabilityOverrides } from './providers/capabilities-of.ts';
import type { Sleep } from './sleep.ts';
import type { Summarizer } from './summarizer.ts';
import type { TriggerRule } from './triggers/trigger-rule.ts';
import type { MediaWeight } from './weigh.ts';

/** What the manager's steps share: the ports and the resolved options. */
export type Engine<TItem> = {
  readonly model: string;
  readonly maxContextTokens: number;
  readonly dialect: Dialect<TItem>;
  readonly policy: CompactPolicy;
  readonly triggers: readonly TriggerRule[];
  /** When to compact where the provider was asked to. */
  readonly guards: readonly TriggerRule[];
  /** What the user knows better of models than the matrix. */
  readonly capabilities: CapabilityOverrides;
  /** What is kept, besides recent turns and tool pairs. */
  readonly keepRules: readonly KeepRule[];
  readonly counter: Counter;
  readonly prices: PriceList | undefined;
  /** For the parts that are sent with every call. */
  readonly fixedCounter: Counter;
  readonly mediaWeight: MediaWeight;
  readonly inspector: Inspector<TItem>;
  /** Reads the facts of an item, once. */
  readonly telling: Telling;
  readonly summarizer: Summarizer | undefined;
  /** Asked in turn where the summariser before fails. */
  readonly fallbackSummarizers: readonly Summarizer[];
  /** Within its time limit. */
  readonly archive: Archive | undefined;
  readonly isArchiveRequired: boolean;
  readonly hooks: CompactionHooks<TItem> | undefined;
  readonly summaryTimeoutMillis: number;
  readonly summaryTotalMillis: number;
  readonly isProtected: (view: ItemView, item: TItem) => boolean;
  readonly protectionVersion: () => number;
  readonly now: () => number;
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
};
