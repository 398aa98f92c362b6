export { CompactError } from './errors.ts';
export type { CompactErrorCode, CompactErrorOptions } from './errors.ts';
export type { CompactObserver, OverflowSettled, RunObserver, RunStart, Settled } from './observer.ts';
export type {
  Compactor,
  ManualRequest,
  OverflowReport,
  PreflightRequest,
  ProviderReport,
} from './compactor.ts';
export { CompactionPayload } from './events/compaction-payload.ts';
export {
  CompactionCompleted,
  CompactionFailed,
  CompactionStarted,
  LifecycleEvent,
  OverflowRecovered,
} from './events/lifecycle-event.ts';
export type { LifecycleEventType } from './events/lifecycle-event.ts';
export type { EventFilter, EventStreamOptions, LifecycleEvents } from './events/lifecycle-events.ts';
export { MEMORY_COMPACTED, MemoryCompacted, memoryCompactedOf } from './events/memory-compacted.ts';
export { isReadable, itemRef, splitRef } from './archive.ts';
export type {
  Archive,
  ArchiveContent,
  ArchiveEntry,
  ArchiveReceipt,
  ArchivedObject,
  ArchivedRow,
  ReadableArchive,
} from './archive.ts';
export { canonicalJson } from './canonical-json.ts';
export { cacheReasons, cacheStates } from './cache/cache-view.ts';
export type { CacheReason, CacheState } from './cache/cache-view.ts';
export type { CacheAccount, CostAccount, SummarizerAccount } from './cache/cost-account.ts';
export { CapabilityOverrides, capabilitiesOf } from './providers/capabilities-of.ts';
export type { FoundCapabilities } from './providers/capabilities-of.ts';
export { capabilityMatrix } from './providers/capability-matrix.ts';
export type { CapabilityRow, Told } from './providers/capability-row.ts';
export { CapabilitySource, capabilitySources } from './providers/capability-sources.ts';
export type { CapabilitySourceName } from './providers/capability-sources.ts';
export { ModelCapabilities } from './providers/model-capabilities.ts';
export type { Capability } from './providers/model-capabilities.ts';
export type {
  NativeAsk,
  NativeReport,
  ProviderRoute,
  ProviderTransport,
  ProviderUse,
} from './providers/provider-use.ts';
export { ModelPrice, PriceList, inputCost, priceOf } from './cache/prices.ts';
export type { Basis, Counter } from './counter.ts';
export type { Dialect } from './dialect.ts';
export { detectThrash } from './thrash/detect-thrash.ts';
export type { ThrashFacts } from './thrash/detect-thrash.ts';
export type { PastCompaction, ThrashLimits } from './thrash/thrash-history.ts';
export { thrashSignals } from './thrash/thrashing.ts';
export type { BreakerState, Thrash, ThrashSignal, Thrashing } from './thrash/thrashing.ts';
export { promptLimitOf } from './overflow/overflow.ts';
export type { Overflow, OverflowAttempt, OverflowKind } from './overflow/overflow.ts';
export { OverflowRecovery } from './overflow/overflow-recovery.ts';
export type { OverflowHints, OverflowRecoveryOptions } from './overflow/overflow-recovery.ts';
export { recognizeOverflow } from './overflow/recognize-overflow.ts';
export { recoverFromOverflow } from './overflow/recover-from-overflow.ts';
export type { RecoverFromOverflowOptions } from './overflow/recover-from-overflow.ts';
export { recoverySteps } from './overflow/recovery-steps.ts';
export type { RecoveryStep } from './overflow/recovery-steps.ts';
export { categories } from './item-view.ts';
export type { Category, CategoryTokens, ItemKind, ItemView, Role } from './item-view.ts';
export type { Media } from './media/media.ts';
export { fates, isVisible } from './ledger.ts';
export type { Fate, FateTotals, LedgerRow } from './ledger.ts';
export { outcomes } from './outcome.ts';
export type { Outcome } from './outcome.ts';
export {
  CompactPolicy,
  LadderStep,
  ProviderMode,
  StrategyName,
  ladderSteps,
  providerModes,
  strategyNames,
} from './policy.ts';
export { parsePolicy } from './parse-policy.ts';
export type { CompactPolicyInput } from './policy.ts';
export type {
  Calibration,
  CompactResult,
  Coverage,
  ItemAccount,
  SummaryInfo,
  TokenAccount,
  Trigger,
  Window,
} from './result.ts';
export type { Holder, Shortfall } from './shortfall.ts';
export { groupItems } from './group-items.ts';
export type { ItemGroup } from './group-items.ts';
export { createWeigher } from './weigh.ts';
export type { Weigher } from './weigh.ts';
export { allOf, anyOf, pruneOnly } from './triggers/combine-triggers.ts';
export { afterItems, afterTurns, whenCacheIsCold, whenIdleFor } from './triggers/session-triggers.ts';
export { whenTokensLeftBelow, whenTokensReach, whenUsageReaches } from './triggers/token-triggers.ts';
export type { Goal, TriggerFacts, TriggerRule } from './triggers/trigger-rule.ts';
export {
  keepRecentItems,
  keepRecentPairsPerTool,
  keepRecentTokens,
  keepRecentToolPairs,
  keepRecentTurns,
  keepRoles,
  keepTools,
} from './keeping/keep-rule.ts';
export type { KeepRule } from './keeping/keep-rule.ts';
export type { Candidate, Newer } from './keeping/candidate.ts';
export { addMetrics, MetricsRow } from './metrics/metrics-row.ts';
export type { Metrics } from './metrics/metrics-row.ts';
export { foldMetrics } from './metrics/fold-metrics.ts';
export type { MetricsReport } from './metrics/fold-metrics.ts';
export { MetricsLedger } from './metrics/metrics-ledger.ts';
export type { MetricsLedgerOptions, MetricsStore } from './metrics/metrics-ledger.ts';
export { MemoryRunLog } from './run-log/memory-run-log.ts';
export { RunLogReplay, replayRunLog } from './run-log/replay-run-log.ts';
export type { LoggedItem, ReplayedLog } from './run-log/replay-run-log.ts';
export type { RunLog } from './run-log/run-log.ts';
export { RunLogLine, parseRunLogLine } from './run-log/run-log-line.ts';
export type { RunLogOptions } from './run-log/run-log-writer.ts';
export type { LoggedContent } from './run-log/lines-of-context.ts';
export type { SessionStore } from './session-store.ts';
export type {
  ArchivalStep,
  Breakdown,
  ErrorStep,
  Kept,
  PrunedMessagesStep,
  Step,
  StepName,
  SummaryCreatedStep,
  TokenEstimateStep,
  TriggerDecisionStep,
} from './step.ts';
export type { Summarizer, SummaryDraft, SummaryRequest } from './summarizer.ts';
export type { Usage } from './usage.ts';
export { CompactManager } from './manager.ts';
export type { CompactManagerOptions } from './manager-options.ts';
export type { Protects } from './protects.ts';
export type { BeforeCompaction, CompactionHooks, HookAnswer, LeavingItem } from './hooks/compaction-hooks.ts';
export { recallTool } from './recall/recall-tool.ts';
export type { RecallTool, RecallToolOptions, Recaller } from './recall/recall-tool.ts';
export type { Recalled, RecallRequest, RecallResult } from './recall/recall.ts';
export type { Unreadable } from './recall/archived-items.ts';
export type { PinResult, UnpinResult } from './restoring/pins.ts';
export type { Refusal, RefusalReason, Restoration } from './restoring/restoration.ts';
export type { ReinflateResult, UndoResult } from './restoring/wishes.ts';
export { MemorySessionStore } from './memory-session-store.ts';
export { digestSummary } from './digest-summary.ts';
export { renderSummary } from './summary-block.ts';
export { agents } from './dialects/agents-dialect.ts';
export type { AgentItem } from './dialects/agents-dialect.ts';
export { anthropic } from './dialects/anthropic-dialect.ts';
export type { AnthropicItem } from './dialects/anthropic-dialect.ts';
export { chat } from './dialects/chat-dialect.ts';
export type { ChatItem } from './dialects/chat-dialect.ts';
export { responses } from './dialects/responses-dialect.ts';
export type { ResponsesItem } from './dialects/responses-dialect.ts';
export type { Defect } from './validity/defect.ts';
export type { Repair, RepairChange, Validity } from './validity/validity.ts';
export { CharacterCounter } from './character-counter.ts';
export type { Fact, FactKind } from './facts/fact.ts';
export { describeIssues } from './issues/describe-issues.ts';
export type { DescribeIssuesOptions } from './issues/describe-issues.ts';
export { parseOptions } from './issues/parse-options.ts';
export { nearestName } from './issues/nearest-name.ts';
export { unknownName } from './issues/unknown-name.ts';
export { filesInSheet } from './facts/read-fact-sheet.ts';
export type { Retention } from './facts/retention.ts';
export { TiktokenCounter } from './tiktoken-counter.ts';
export type { TiktokenCounterOptions } from './tiktoken-counter.ts';
export type { TiktokenEncodingName } from './tiktoken-encoding.ts';
