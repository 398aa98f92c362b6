export { clew } from './clew.ts';
export type { Clew } from './clew.ts';
export { openManager } from './open-manager.ts';
export type { OpenManagerOptions, OpenedManager } from './open-manager.ts';
export type { DeliveryStats } from './start-pipeline.ts';
export type { ClewOptions } from './clew-options.ts';
export { ConfigFile, parseConfig } from './config.ts';
export type { ConfigInput } from './config.ts';
export { configSchema } from './config-schema.ts';
export { loadConfig } from './load-config.ts';
export type { LoadConfigInput } from './load-config.ts';
export { policyOf } from './policy-of.ts';
export { pricesOf } from './prices-of.ts';
export { variables } from './environment.ts';
export {
  CompactError,
  CompactPolicy,
  TiktokenCounter,
  capabilitiesOf,
  foldMetrics,
  recallTool,
  replayRunLog,
} from '@clew/core';
export { FsMetricsStore, FsRunLog } from '@clew/archive';
export type { FsRunLogOptions } from '@clew/archive';
export type {
  BeforeCompaction,
  CapabilityOverrides,
  CompactObserver,
  CompactResult,
  CompactionHooks,
  LifecycleEvent,
  LifecycleEvents,
  MemoryCompacted,
  Metrics,
  MetricsReport,
  RecallRequest,
  RecallResult,
} from '@clew/core';
export { createAriadneSink, createConsoleSink, createFileSink, otlpSink } from '@clew/exporters';
export type { SinkStats, SpanSink } from '@clew/exporters';
export { probeDelivery } from './probe-delivery.ts';
export type { DeliveryProbe, ProbeDeliveryOptions } from './probe-delivery.ts';
export { probeStorage } from './probe-storage.ts';
export type { StorageProbe } from './probe-storage.ts';
export { flushSpool } from './flush-spool.ts';
export { traceReplay } from './trace-replay.ts';
export type { ReplayTrace, ReplayTraceOptions, ReplayedCall } from './trace-replay.ts';
export {
  afterItems,
  afterTurns,
  allOf,
  anyOf,
  keepRecentItems,
  keepRecentPairsPerTool,
  keepRecentTokens,
  keepRecentToolPairs,
  keepRecentTurns,
  keepRoles,
  keepTools,
  pruneOnly,
  whenCacheIsCold,
  whenIdleFor,
  whenTokensLeftBelow,
  whenTokensReach,
  whenUsageReaches,
} from '@clew/core';
export type { KeepRule, TriggerRule } from '@clew/core';
export {
  BoundedSession,
  LocalCompactionSession,
  ProtectedMemory,
  SseReplay,
  StrategySession,
  compactInputFilter,
  compactionIn,
  isolatedProcessor,
  nativeCompactionSession,
  parseCompactCommand,
  protectRoles,
  protectTools,
  sseHeaders,
  toSse,
  rememberedContext,
} from '@clew/openai-agents';
export type {
  BoundedSessionOptions,
  CompactCommandResult,
  CompactInputFilterOptions,
  LocalCompactionSessionOptions,
  NativeCompactionSessionOptions,
  ProtectionRule,
  RememberedContext,
  Resumed,
  SseOptions,
  SseReplayOptions,
  RememberedLayer,
  StrategySessionOptions,
  TokenCounter,
} from '@clew/openai-agents';
