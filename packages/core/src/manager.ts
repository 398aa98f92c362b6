import { AheadOfTime } from './ahead/ahead-of-time.ts';
import { rememberPrompt } from './cache/remember-prompt.ts';
import { decisionOf, runCompaction } from './compaction.ts';
import type {
  Compactor,
  ManualRequest,
  OverflowReport,
  PreflightRequest,
  ProviderReport,
} from './compactor.ts';
import { describeResult } from './describe-result.ts';
import type { Finding, RunFacts } from './describe-result.ts';
import type { Engine } from './engine.ts';
import { shortId } from './entry.ts';
import { CompactError } from './errors.ts';
import { followLifecycle } from './events/follow-lifecycle.ts';
import { EventHub } from './events/lifecycle-events.ts';
import type { LifecycleEvents } from './events/lifecycle-events.ts';
import { TooLate, failureOf } from './failure.ts';
import { Flights } from './flights.ts';
import type { CompactManagerOptions } from './manager-options.ts';
import { resolveOptions } from './manager-options.ts';
import { askAfter } from './hooks/ask-hooks.ts';
import { createBreather } from './in-slices.ts';
import { observe } from './observe.ts';
import type { CompactObserver } from './observer.ts';
import { knownOf, newIn, prepare } from './prepare.ts';
import type { Prepared } from './prepare.ts';
import type { CompactResult } from './result.ts';
import { recallItems } from './recall/recall.ts';
import type { RecallRequest, RecallResult } from './recall/recall.ts';
import { carryOutWishes } from './restoring/carry-out-wishes.ts';
import type { Restoration } from './restoring/restoration.ts';
import { wishPin, wishUnpin } from './restoring/pins.ts';
import type { PinResult, UnpinResult } from './restoring/pins.ts';
import { wishReinflate, wishUndo } from './restoring/wishes.ts';
import type { ReinflateResult, UndoResult, Wish } from './restoring/wishes.ts';
import { capabilitiesOf } from './providers/capabilities-of.ts';
import type { FoundCapabilities } from './providers/capabilities-of.ts';
import { takeDown } from './providers/take-down.ts';
import { guarding, providerUseOf, tellFallback, withFallback } from './providers/under-provider.ts';
import type { ProviderRoute, ProviderUse } from './providers/provider-use.ts';
import { RunLogWriter } from './run-log/run-log-writer.ts';
import { standingAfter, standingOf } from './run-log/standing.ts';
import { sentPrompt } from './sent-prompt.ts';
import { SessionMemory } from './session-memory.ts';
import type { SessionState } from './session-state.ts';
import type { Usage } from './usage.ts';
import { warmUp } from './warm-up.ts';
import { budgetOf, windowOf } from './window.ts';

/** Watches the token budget of sessions and compacts in time. The only asynchronous part of the engine. */
export class CompactManager<TItem> implements Compactor<TItem> {
  readonly #engine: Engine<TItem>;
  readonly #events = new EventHub();
  readonly #observer: CompactObserver;
  readonly #memory: SessionMemory<TItem>;
  readonly #lockTimeoutMillis: number;
  readonly #flights: Flights;
  readonly #ahead: AheadOfTime<TItem>;
  readonly #log: RunLogWriter | undefined;
  readonly #reports = new Map<string, Usage>();

  /** @throws CompactError `invalid_options` or `invalid_policy` */
  constructor(options: CompactManagerOptions<TItem>) {
    const { engine, observer, store, storeTimeoutMillis, lockTimeoutMillis } = resolveOptions(options);
    this.#log = options.runLog && new RunLogWriter(options.runLog, this.#events);
    this.#engine = engine;
    this.#observer = followLifecycle(observer, { hub: this.#events, policy: engine.policy });
    this.#memory = new SessionMemory(store, storeTimeoutMillis);
    this.#lockTimeoutMillis = lockTimeoutMillis;
    this.#flights = new Flights(lockTimeoutMillis);
    this.#ahead = new AheadOfTime(engine, this.#observer);
  }

  get events(): LifecycleEvents {
    return this.#events;
  }

  preflight(request: PreflightRequest<TItem>): Promise<CompactResult<TItem>> {
    const trigger = request.overflow === undefined ? (request.trigger ?? 'threshold') : 'overflow';
    return this.#enqueue(request, trigger, trigger === 'overflow' ? 'overflow' : 'preflight', undefined);
  }

  compact({ note, ...request }: ManualRequest<TItem>): Promise<CompactResult<TItem>> {
    return this.#enqueue(request, 'manual', 'manual', note);
  }

  reportUsage(sessionId: string, usage: Usage): void {
    this.#reports.set(sessionId, usage);
  }

  reportOverflow(sessionId: string, settled: OverflowReport): void {
    const { newId, now } = this.#engine;
    this.#observer.overflowSettled?.({ ...settled, id: newId(), at: now(), sessionId });
  }

  providerUse({
    model = this.#engine.model,
    route,
  }: {
    model?: string | undefined;
    route: ProviderRoute;
  }): ProviderUse {
    const { maxContextTokens, policy } = this.#engine;
    return providerUseOf(this.#engine, { model, route, window: windowOf(maxContextTokens, policy) });
  }

  /** What is known of a model, with what the user knows better. */
  capabilitiesOf(model = this.#engine.model): FoundCapabilities {
    return capabilitiesOf(model, this.#engine.capabilities);
  }

  reportProvider(report: ProviderReport<TItem>): Promise<CompactResult<TItem> | undefined> {
    const ports = { engine: this.#engine, observer: this.#observer, memory: this.#memory, log: this.#log };
    return this.#held(report, () => takeDown({ ...ports, report }));
  }

  /**
   * Finds what left the context in the archive: by id, or by words. The session's state is not touched.
   *
   * @throws CompactError `invalid_options` for a request that asks for nothing
   */
  async recall(
    sessionId: string,
    request: RecallRequest,
    signal?: AbortSignal,
  ): Promise<RecallResult<TItem>> {
    const limit = signal ?? new AbortController().signal;
    return recallItems(this.#engine, await this.#memory.load(sessionId), sessionId, request, limit);
  }

  /** Takes the last compaction back: the next preflight sees the context as it was before it. */
  undo(sessionId: string): Promise<UndoResult> {
    return this.#wish(sessionId, wishUndo);
  }

  /**
   * Puts items back in their places at the next preflight, each with its whole group.
   *
   * @param ids of ledger rows (or their first 6 characters or more), or of calls
   */
  reinflate(sessionId: string, ids: readonly string[]): Promise<ReinflateResult> {
    return this.#wish(sessionId, (state) => wishReinflate(state, ids, this.#roomIn(state)));
  }

  /**
   * Keeps an item for good; where it has left already, it comes back at the next preflight.
   *
   * @param idOrItem the id of a ledger row or of a call, or the item
   * @param label why, for people: it stands in the ledger
   */
  pin(sessionId: string, idOrItem: string | TItem, label?: string): Promise<PinResult> {
    return this.#wish(sessionId, (state) => wishPin(state, this.#idOf(idOrItem), label, this.#roomIn(state)));
  }

  unpin(sessionId: string, idOrItem: string | TItem): Promise<UnpinResult> {
    return this.#wish(sessionId, (state) => wishUnpin(state, this.#idOf(idOrItem)));
  }

  #wish<TResult>(sessionId: string, ask: (state: SessionState) => Wish<TResult>): Promise<TResult> {
    const work = async () => {
      const stored = await this.#memory.load(sessionId);
      const { state, result } = ask(stored);
      if (state !== stored) await this.#memory.save(sessionId, state, undefined);
      return result;
    };
    return this.#held({ sessionId }, work);
  }

  /** In turn with the other calls of the session, in this process and in others. */
  #held<TValue>(
    { sessionId, signal }: Pick<PreflightRequest<TItem>, 'sessionId' | 'signal'>,
    work: () => Promise<TValue>,
    instead = (reason: unknown): Promise<TValue> => Promise.reject(new TooLate(reason)),
  ): Promise<TValue> {
    const hold = { sessionId, signal, limitMillis: this.#lockTimeoutMillis };
    return this.#flights.run({
      sessionId,
      signal,
      work: () => this.#memory.holding(hold, work, instead),
      instead,
    });
  }

  #idOf(idOrItem: string | TItem): string {
    return typeof idOrItem === 'string' ? idOrItem : shortId(this.#engine.inspector.inspect(idOrItem).id);
  }

  /** What fitted behind the last prompt, in tokens. */
  #roomIn({ prompt }: SessionState): number {
    const { maxContextTokens, policy } = this.#engine;
    return budgetOf(windowOf(maxContextTokens, policy)) - (prompt?.estimate ?? 0);
  }

  #enqueue(
    request: PreflightRequest<TItem>,
    trigger: RunFacts['trigger'],
    phase: RunFacts['phase'],
    note: string | undefined,
  ): Promise<CompactResult<TItem>> {
    const { sessionId } = request;
    if (sessionId === '') {
      const message = 'sessionId must be a non-empty string, got "". Give each conversation its own.';
      return Promise.reject(new CompactError({ code: 'invalid_options', message }));
    }
    const { overflow } = request;
    const told = overflow === undefined ? {} : { overflow };
    const facts = { id: this.#engine.newId(), sessionId, trigger, phase, ...told };
    return this.#held(
      request,
      () => this.#run(request, facts, note),
      (reason) => this.#run(request, facts, note, { reason }),
    );
  }

  async #run(
    request: PreflightRequest<TItem>,
    facts: RunFacts,
    note: string | undefined,
    /** Set where the turn of this run did not come in time: it touches nothing. */
    late?: { readonly reason: unknown },
  ): Promise<CompactResult<TItem>> {
    const engine = this.#engine;
    const { sessionId, signal } = request;
    const model = request.model ?? engine.model;
    const stored = await this.#memory.load(sessionId);
    const startedAt = engine.now();
    const start = {
      sessionId,
      dialect: engine.dialect.name,
      model,
      ...(request.provider === undefined ? {} : { provider: request.provider }),
      ...(request.agent === undefined ? {} : { agent: request.agent }),
    };
    const usage = request.usage ?? this.#reports.get(sessionId);
    if (late === undefined) this.#reports.delete(sessionId);
    const known = knownOf(this.#memory.knownOf(stored), request.items);
    await warmUp(engine, newIn(request.items, known), signal);
    let prepared = prepare(engine, stored, { ...request, usage, at: startedAt }, known);
    let restoration: Restoration | undefined;
    if (late === undefined && prepared.state.restoring !== undefined) {
      this.#ahead.drop(sessionId, 'items were put back');
      ({ prepared, restoration } = await carryOutWishes({
        engine,
        observer: this.#observer,
        prepared,
        start,
        signal,
        // What this call has told was learned above.
        again: (state) =>
          prepare(
            engine,
            { ...state, calls: stored.calls },
            { ...request, usage: undefined, overflow: undefined, at: startedAt },
            known,
          ),
      }));
    }
    const use =
      facts.phase === 'manual'
        ? undefined
        : providerUseOf(engine, { model, route: request.route, window: prepared.window });
    const working = guarding(engine, use);
    if (late === undefined && this.#ahead.has(sessionId) && isDue(working, prepared, facts, startedAt)) {
      const swapped = await this.#ahead.swap(sessionId, stored, prepared, signal);
      if (swapped !== undefined) {
        prepared = prepare(engine, swapped, { ...request, usage, at: startedAt }, known);
      }
    }
    if (late === undefined) this.#log?.stands(sessionId, standingOf(prepared.resumed), startedAt);
    const run = { ...start, ...facts, callIndex: prepared.state.calls, startedAt };
    const observer = observe(this.#observer, run);
    let { state } = prepared;
    let finding: Finding<TItem>;
    const breathe = createBreather();
    try {
      if (late !== undefined) throw new TooLate(late.reason);
      signal?.throwIfAborted();
      tellFallback({ engine, prepared, facts, model, observer }, use);
      ({ state, finding } = await runCompaction({
        engine: working,
        prepared,
        facts,
        model,
        startedAt,
        note,
        observer,
        signal,
      }));
    } catch (error) {
      finding = failureOf(error, signal);
      const at = engine.now();
      const message = finding.advice ?? '';
      const body = { name: 'error', errorType: finding.outcome, message, fallback: 'not-compacted' } as const;
      observer.tell({ ...body, startedAt: at, endedAt: at });
    }
    if (restoration !== undefined) finding = { ...finding, restoration };
    if (use !== undefined && use.mode !== 'local') finding = { ...finding, provider: use };
    if (finding.changed !== undefined) await breathe();
    const result = describeResult(facts, prepared, finding);
    if (late !== undefined) {
      observer.end(result, engine.now());
      return result;
    }
    if (finding.changed !== undefined) await breathe();
    const prompt = sentPrompt(prepared, finding.changed?.entries);
    const next = {
      ...withFallback(state, use),
      prompt,
      cache: rememberPrompt(prepared, { prompt, result, at: startedAt }),
      lastCallAt: engine.now(),
    };
    await this.#memory.save(sessionId, next, prepared);
    await askAfter({ engine, observer, signal }, result);
    observer.end(result, engine.now());
    if (finding.changed !== undefined) {
      this.#log?.stands(sessionId, standingAfter(prepared.resumed, finding.changed, next), engine.now());
      this.#ahead.drop(sessionId, 'another compaction came first');
    } else if (finding.outcome === 'noop_below' && working === engine) this.#ahead.begin({ prepared, start });
    return result;
  }

  /** When what happened so far is in the run log, or could not be written. */
  async flush(): Promise<void> {
    await this.#log?.flush();
  }

  /** Gives up what is under way in the background. Calls go on as before. */
  close(): void {
    this.#ahead.dropAll('the manager was closed');
  }
}

/** Who asks by hand gets a compaction of what is there now, with the note. */
function isDue<TItem>(
  engine: Engine<TItem>,
  prepared: Prepared<TItem>,
  { trigger }: RunFacts,
  now: number,
): boolean {
  return trigger !== 'manual' && decisionOf(engine, prepared, trigger, now).fired;
}
