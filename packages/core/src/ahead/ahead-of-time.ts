import { runCompaction } from '../compaction.ts';
import { describeResult } from '../describe-result.ts';
import type { Finding, RunFacts } from '../describe-result.ts';
import type { Engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { askAfter } from '../hooks/ask-hooks.ts';
import { nextTask } from '../in-slices.ts';
import { observe } from '../observe.ts';
import type { CompactObserver, RunObserver, RunStart } from '../observer.ts';
import type { Prepared } from '../prepare.ts';
import type { SessionState } from '../session-state.ts';
import { untilAborted } from '../until-aborted.ts';
import { rebase } from './rebase.ts';
import type { Ahead } from './rebase.ts';

/** A session at a call that needed no compaction yet. */
export type Snapshot<TItem> = {
  readonly prepared: Prepared<TItem>;
  readonly start: Pick<RunStart, 'sessionId' | 'dialect' | 'model' | 'provider' | 'agent'>;
};

type Pending<TItem> = {
  readonly snapshot: Snapshot<TItem>;
  readonly facts: RunFacts;
  readonly observer: RunObserver;
  readonly abort: AbortController;
  /** `undefined` where nothing came of it: that run has ended by itself. */
  readonly work: Promise<Ahead<TItem> | undefined>;
};

/** A process that serves more sessions at once than this prepares ahead for the latest of them. */
const maxSessions = 256;

/**
 * Compactions that are worked out on a snapshot while the agent goes on, and swapped in when they are due. At most
 * one for a session at a time, and one try between two compactions: a summary that is not used is not asked for again.
 */
export class AheadOfTime<TItem> {
  readonly #engine: Engine<TItem>;
  readonly #observer: CompactObserver | undefined;
  readonly #pending = new Map<string, Pending<TItem>>();
  /** The compaction behind which each session has had its try. */
  readonly #tried = new Map<string, number>();

  constructor(engine: Engine<TItem>, observer: CompactObserver | undefined) {
    this.#engine = engine;
    this.#observer = observer;
  }

  /** Starts one where the policy asks for it and the prompt is large enough. Never throws, and holds nobody up. */
  begin(snapshot: Snapshot<TItem>): void {
    const { prepared, start } = snapshot;
    const { sessionId } = start;
    const share = this.#engine.policy.prepareAheadPct;
    if (share === undefined || prepared.measure.total < Math.floor(prepared.window.limitTokens * share))
      return;
    if (this.#pending.has(sessionId) || this.#tried.get(sessionId) === prepared.state.sequence) return;
    this.#forgetOldest();
    this.#tried.set(sessionId, prepared.state.sequence);
    const facts = { id: this.#engine.newId(), sessionId, trigger: 'threshold', phase: 'background' } as const;
    const startedAt = this.#engine.now();
    const observer = observe(this.#observer, {
      ...start,
      ...facts,
      callIndex: prepared.state.calls,
      startedAt,
    });
    const abort = new AbortController();
    const work = this.#work(snapshot, facts, observer, abort.signal, startedAt);
    this.#pending.set(sessionId, { snapshot, facts, observer, abort, work });
  }

  has(sessionId: string): boolean {
    return this.#pending.has(sessionId);
  }

  /**
   * The session with what was prepared for it in force; `undefined` where nothing was, or it is stale. Waits for
   * work under way: asking a second time would take longer.
   */
  async swap(
    sessionId: string,
    stored: SessionState,
    now: Prepared<TItem>,
    signal: AbortSignal | undefined,
  ): Promise<SessionState | undefined> {
    const pending = this.#pending.get(sessionId);
    if (pending === undefined) return undefined;
    const ahead = await untilAborted(pending.work, signal ?? pending.abort.signal).catch(() => undefined);
    if (signal?.aborted === true || this.#pending.get(sessionId) !== pending) return undefined;
    this.#pending.delete(sessionId);
    if (ahead === undefined) return undefined;
    const rebased = rebase(ahead, stored, now);
    if ('stale' in rebased) {
      this.#end(pending, ahead.finding, rebased.stale);
      return undefined;
    }
    const { prepared } = pending.snapshot;
    const result = describeResult(
      pending.facts,
      { ...prepared, state: { ...prepared.state, calls: rebased.state.calls } },
      ahead.finding,
    );
    await askAfter({ engine: this.#engine, observer: pending.observer, signal }, result);
    pending.observer.end(result, this.#engine.now());
    return rebased.state;
  }

  /** Gives up what was prepared for a session, because something else came first. */
  drop(sessionId: string, why: string): void {
    const pending = this.#pending.get(sessionId);
    if (pending === undefined) return;
    this.#pending.delete(sessionId);
    void pending.work.then((ahead) => ahead !== undefined && this.#end(pending, ahead.finding, why));
    pending.abort.abort(new Error(why));
  }

  dropAll(why: string): void {
    for (const sessionId of this.#pending.keys()) this.drop(sessionId, why);
  }

  async #work(
    { prepared, start }: Snapshot<TItem>,
    facts: RunFacts,
    observer: RunObserver,
    signal: AbortSignal,
    startedAt: number,
  ): Promise<Ahead<TItem> | undefined> {
    // The call that began it goes out first.
    await nextTask();
    const engine = this.#engine;
    const { total } = prepared.measure;
    const { limitTokens, targetTokens } = prepared.window;
    const reason = `prepare_ahead: estimate ${total} >= ${engine.policy.prepareAheadPct} of ${limitTokens} tokens`;
    const decision = { fired: true, reason, goal: 'target', aimTokens: targetTokens } as const;
    let finding: Finding<TItem>;
    let state = prepared.state;
    try {
      const input = {
        engine,
        prepared,
        facts,
        model: start.model,
        startedAt,
        note: undefined,
        observer,
        signal,
      };
      ({ finding, state } = await runCompaction({ ...input, decision }));
    } catch (error) {
      finding = signal.aborted ? staleOf(signal.reason) : failureOf(error, undefined);
    }
    if (finding.changed !== undefined) return { base: prepared.state, state, finding };
    observer.end(describeResult(facts, prepared, finding), engine.now());
    return undefined;
  }

  #end({ facts, snapshot, observer }: Pending<TItem>, finding: Finding<TItem>, why: string): void {
    const { attempts = 0, steps = [] } = finding;
    const stale = { ...staleOf(new Error(why)), attempts, steps };
    observer.end(describeResult(facts, snapshot.prepared, stale), this.#engine.now());
  }

  #forgetOldest(): void {
    for (const sessionId of [...this.#tried.keys()].slice(
      0,
      Math.max(0, this.#tried.size - maxSessions + 1),
    )) {
      this.#tried.delete(sessionId);
      this.drop(sessionId, 'too many sessions are under way');
    }
  }
}

function staleOf(reason: unknown): Finding<never> {
  const why = reason instanceof Error ? reason.message : String(reason);
  return { outcome: 'stale', advice: `What was prepared ahead was not used: ${why}.` };
}
