import type { CompactResult, LedgerRow, RunStart, Step } from '@clew/core';

/** In every text that counts as content. */
export const secret = 'sk-secret-123';

export const runStart: RunStart = {
  id: 'run-1',
  sessionId: 'session-1',
  callIndex: 12,
  trigger: 'threshold',
  phase: 'preflight',
  startedAt: 1_700_000_000_000,
  dialect: 'agents',
  model: 'gpt-5.2',
  provider: 'openai',
  agent: 'coder',
};

/** Epoch milliseconds, so long after the start of the run. */
export const at = (millis: number): number => runStart.startedAt + millis;

const breakdown = {
  system: 900,
  developer: 0,
  toolsSchema: 3100,
  memory: 0,
  messages: 107_900,
  userInput: 100,
};
const kept = { pinned: 1, recentTurns: 6, toolPairs: 4 };
const window = { limitTokens: 128_000, reserveTokens: 1500, triggerTokens: 108_800, targetTokens: 64_000 };
const summary = {
  id: 'summary-2',
  version: 2,
  parentId: 'summary-1',
  tokens: 800,
  digest: 'd1635',
  text: `The key is ${secret}; deploy on Friday.`,
  verification: {
    sections: { present: ['Constraints'], missing: ['Sources'] },
    checks: ['not_empty', 'within_limit'],
    factScore: 0.9,
  },
} as const;

/** One step of each name, a hundred milliseconds apart. */
export const steps = {
  estimate: {
    name: 'token_estimate',
    model: 'gpt-5.2',
    tokens: 112_000,
    limitTokens: 128_000,
    usageRatio: 0.875,
    basis: 'tokenizer',
    breakdown,
    categories: { system: 900, tools: 3100, user: 8000, tool_results: 100_000 },
    startedAt: at(0),
    endedAt: at(5),
  },
  decision: {
    name: 'trigger_decision',
    triggered: true,
    trigger: 'threshold',
    rule: 'threshold',
    reason: 'estimate 112000 >= trigger 108800',
    tokens: 112_000,
    window,
    policy: {
      triggerPct: 0.85,
      hardCapBuffer: 1500,
      targetPct: 0.5,
      keepRecentTurns: 6,
      keepToolIoPairs: 4,
      keepRecentTokens: 0,
      rolesNeverPrune: ['system', 'developer'],
      protectedFlag: 'protected',
      clearToolResults: true,
      excludeTools: [],
      trimToolResultTokens: 2000,
      strategy: 'task_state',
      summaryMaxTokens: 1500,
      summaryRetries: 2,
      summaryMaxStages: 8,
      requireSections: true,
      factSheetPct: 0.15,
      factSheetMaxTokens: 4000,
      ladder: ['clear', 'summarize'],
    },
    kept,
    prunedCount: 2,
    startedAt: at(5),
    endedAt: at(6),
  },
  archival: {
    name: 'archival',
    step: 'transcript',
    storageAdapter: 'fs',
    location: 'session-1/transcript-pre-compact-001.jsonl',
    startedAt: at(100),
    endedAt: at(110),
  },
  summary: {
    name: 'summary_created',
    strategy: 'task_state',
    method: 'model',
    inputCount: 2,
    inputTokens: 68_800,
    shownTokens: 68_000,
    attempt: 1,
    model: 'gpt-5-mini',
    summary,
    startedAt: at(200),
    endedAt: at(300),
  },
  pruned: {
    name: 'pruned_messages',
    count: 2,
    tokens: 68_800,
    kept,
    ids: ['a2', 'a3'],
    breakdown,
    startedAt: at(400),
    endedAt: at(401),
  },
  error: {
    name: 'error',
    errorType: 'summarizer_failed',
    message: `401: the key ${secret} is not valid`,
    fallback: 'pruning-only',
    attempt: 1,
    model: 'gpt-5-mini',
    startedAt: at(500),
    endedAt: at(501),
  },
} as const satisfies Record<string, Step>;

const none = { kept: 0, protected: 0, trimmed: 0, cleared: 0, summarized: 0, dropped: 0 };

const row = { role: 'user', kind: 'message', category: 'user', sequence: 0 } as const;
const met: readonly LedgerRow[] = [
  { ...row, index: 0, id: 'a1', fate: 'kept', tokens: 39_200, tokensAfter: 39_200, preview: 'hello' },
  {
    ...row,
    index: 1,
    id: 'a2',
    role: 'tool',
    kind: 'result',
    category: 'tool_results',
    fate: 'summarized',
    tokens: 60_000,
    tokensAfter: 0,
    reason: 'summary_v2',
    tool: 'read_file',
    pair: 'call-1',
    sequence: 2,
    archiveRef: 'session-1/transcript-pre-compact-001.jsonl#1',
    preview: `export KEY=${secret}`,
  },
  {
    ...row,
    id: 'a3',
    fate: 'dropped',
    tokens: 8800,
    tokensAfter: 0,
    sequence: 2,
    preview: `${secret} ${secret}`,
  },
];

/** A run that compacted, with every field that a result may have. Both laws hold. */
export const compacted: CompactResult<unknown> = {
  id: runStart.id,
  sessionId: runStart.sessionId,
  callIndex: runStart.callIndex,
  sequence: 2,
  trigger: 'threshold',
  rule: 'threshold',
  phase: 'preflight',
  outcome: 'compacted',
  advice: 'Nothing to do.',
  items: [{ role: 'user', content: `never exported: ${secret}` }],
  ledger: met,
  met,
  window,
  tokens: {
    basis: 'tokenizer',
    before: 112_000,
    after: 44_000,
    fixed: 4000,
    stayed: 39_200,
    inserted: 800,
    byFate: { ...none, kept: 39_200, summarized: 60_000, dropped: 8800 },
    categoriesBefore: { system: 900, tools: 3100, user: 48_000, tool_results: 60_000 },
    categoriesAfter: { system: 900, tools: 3100, user: 39_200, summary: 800 },
  },
  count: { before: 3, after: 2, inserted: 1, byFate: { ...none, kept: 1, summarized: 1, dropped: 1 } },
  coverage: { seen: 9, visible: 1, summarized: 7, dropped: 1 },
  cache: {
    state: 'warm',
    reason: 'read',
    epoch: 3,
    prefixTokens: 1500,
    rewrittenTokens: 900,
    breakEvenCalls: 14,
  },
  cost: {
    currency: 'USD',
    version: '2026-11',
    before: 0.0312,
    after: 0.0118,
    savedPerCall: 0.0021,
    summary: 0.0487,
  },
  provider: {
    mode: 'native',
    used: 'native',
    fallback: 'claude-haiku-4-5 does not compact by itself.',
    ask: {
      compaction: { thresholdTokens: 108_800 },
      clearing: {
        thresholdTokens: 108_800,
        keepToolPairs: 4,
        clearAtLeastTokens: 10_880,
        clearToolInputs: false,
        excludeTools: [],
      },
    },
    report: { compacted: true, clearedToolUses: 4, clearedInputTokens: 9000 },
  },
  thrash: { signals: ['frequent'], breaker: 'half_open', compactions: 3, calls: 8, retryAtCall: 22 },
  overflow: {
    attempt: 1,
    step: 'compact',
    aimShare: 1,
    unreadShare: 0.5,
    overflow: {
      pattern: 'anthropic_input_and_max_tokens',
      kind: 'tokens',
      limitTokens: 128_000,
      promptTokens: 112_000,
      outputTokens: 32_000,
    },
  },
  attempts: 1,
  steps: ['clear', 'summarize'],
  reapplied: 'applied',
  splice: { index: 1, removed: 2, inserted: 1 },
  prefixTokens: 43_200,
  summary,
  retention: {
    score: 0.9,
    byKind: { path: { kept: 9, total: 10 } },
    facts: 9,
    evicted: 1,
    eroded: 0,
    evictedFacts: [{ kind: 'path', text: `/tmp/${secret}` }],
    sheetTokens: 300,
  },
};

/** A run that found nothing to do; the summary of the run before is in its context. */
export const belowTrigger: CompactResult<unknown> = {
  ...compacted,
  outcome: 'noop_below',
  met: met.slice(0, 1),
  steps: [],
  attempts: 0,
};
