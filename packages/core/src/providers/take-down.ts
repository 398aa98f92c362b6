import type { ProviderReport } from '../compactor.ts';
import { describeResult } from '../describe-result.ts';
import type { Finding, RunFacts } from '../describe-result.ts';
import type { Engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { observe } from '../observe.ts';
import type { CompactObserver } from '../observer.ts';
import { knownOf, newIn, prepare } from '../prepare.ts';
import type { CompactResult } from '../result.ts';
import { standingAfter } from '../run-log/standing.ts';
import type { RunLogWriter } from '../run-log/run-log-writer.ts';
import { sentPrompt } from '../sent-prompt.ts';
import type { SessionMemory } from '../session-memory.ts';
import type { SessionState } from '../session-state.ts';
import { tellDecision, tellEstimate } from '../tell-steps.ts';
import { warmUp } from '../warm-up.ts';
import { takeDownCompaction } from './provider-compaction.ts';
import type { NativeReport } from './provider-use.ts';

type TakeDown<TItem> = {
  readonly engine: Engine<TItem>;
  readonly observer: CompactObserver | undefined;
  readonly memory: SessionMemory<TItem>;
  readonly report: ProviderReport<TItem>;
  readonly log: RunLogWriter | undefined;
};

/** A run of its own for what the provider did within a call: the same ledger, steps and laws as for what the engine does. */
export async function takeDown<TItem>(input: TakeDown<TItem>): Promise<CompactResult<TItem> | undefined> {
  const { engine, memory, report, log } = input;
  const { sessionId, items, compaction, cleared, signal } = report;
  const stored = await memory.load(sessionId);
  if (compaction === undefined && !isNew(stored, cleared)) return undefined;
  const startedAt = engine.now();
  const known = knownOf(memory.knownOf(stored), items);
  await warmUp(engine, newIn(items, known), signal);
  // It belongs to the call that was prepared last, and is no call of its own.
  const call = { ...stored, calls: Math.max(0, stored.calls - 1) };
  const prepared = prepare(
    engine,
    call,
    { ...report, usage: undefined, overflow: undefined, at: startedAt },
    known,
  );
  const model = report.model ?? engine.model;
  const facts: RunFacts = { id: engine.newId(), sessionId, trigger: 'provider', phase: 'provider' };
  const observer = observe(input.observer, {
    dialect: engine.dialect.name,
    model,
    ...(report.provider === undefined ? {} : { provider: report.provider }),
    ...(report.agent === undefined ? {} : { agent: report.agent }),
    ...facts,
    callIndex: prepared.state.calls,
    startedAt,
  });
  const telling = { engine, prepared, facts, model, startedAt, note: undefined, observer, signal };
  let { state } = prepared;
  let finding: Finding<TItem>;
  try {
    if (compaction === undefined) {
      tellEstimate(telling, startedAt);
      tellDecision(telling, engine.now(), { triggered: true, reason: 'the provider cleared tool results' });
      finding = { outcome: 'pruned_only', advice: adviceOn(cleared) };
      state = { ...state, providerCleared: cleared?.clearedToolUses ?? 0 };
    } else {
      const { item, text } = compaction;
      ({ state, finding } = await takeDownCompaction({ ...telling, compaction: item, text }));
    }
  } catch (error) {
    finding = failureOf(error, signal);
  }
  const told = compaction === undefined ? {} : { compacted: true };
  const provider = {
    mode: engine.policy.providerMode ?? 'local',
    used: 'native',
    report: { ...told, ...cleared },
  } as const;
  const result = describeResult(facts, prepared, { ...finding, provider });
  const { changed } = finding;
  const next = changed === undefined ? state : { ...state, prompt: sentPrompt(prepared, changed.entries) };
  await memory.save(sessionId, next, prepared);
  observer.end(result, engine.now());
  if (changed !== undefined) {
    log?.stands(sessionId, standingAfter(prepared.resumed, changed, next), engine.now());
  }
  return result;
}

/** The provider clears again at each call, and says it each time. */
function isNew({ providerCleared = 0 }: SessionState, cleared: NativeReport | undefined): boolean {
  return (cleared?.clearedToolUses ?? 0) > providerCleared;
}

function adviceOn({ clearedToolUses = 0, clearedInputTokens }: NativeReport = {}): string {
  const tokens = clearedInputTokens === undefined ? '' : `, ${clearedInputTokens} tokens`;
  return `The provider cleared ${clearedToolUses} tool results${tokens}, for its call alone. Which ones, it does not tell.`;
}
