import type { CompactManagerOptions } from './manager-options.ts';
import { resolveOptions } from './manager-options.ts';
import type { Compactor, ManualRequest, PreflightRequest } from './compactor.ts';
import { runCompaction } from './compaction.ts';
import { describeResult } from './describe-result.ts';
import type { Finding, RunFacts } from './describe-result.ts';
import type { Engine } from './engine.ts';
import { CompactError } from './errors.ts';
import type { CompactObserver } from './observer.ts';
import { observe } from './observe.ts';
import { prepare } from './prepare.ts';
import type { Prepared } from './prepare.ts';
import type { CompactResult } from './result.ts';
import { sentPrompt } from './sent-prompt.ts';
import type { SessionStore } from './session-store.ts';
import { SessionState, initialState } from './session-state.ts';
import type { Usage } from './usage.ts';
import { warmUp } from './warm-up.ts';

/** Watches the token budget of sessions and compacts in time. The only asynchronous part of the engine. */
export class CompactManager<TItem> implements Compactor<TItem> {
  readonly #engine: Engine<TItem>;
  readonly #observer: CompactObserver | undefined;
  readonly #store: SessionStore;
  /** One run at a time for each session. */
  readonly #flights = new Map<string, Promise<unknown>>();
  readonly #reports = new Map<string, Usage>();
  /** What this process has saved needs no second validation. */
  readonly #own = new WeakSet<object>();
  /** What was prepared when a state was saved that changed nothing: the next call goes on from there. */
  readonly #known = new WeakMap<object, Prepared<TItem>>();

  /** @throws CompactError `invalid_options` or `invalid_policy` */
  constructor(options: CompactManagerOptions<TItem>) {
    const { engine, observer, store } = resolveOptions(options);
    this.#engine = engine;
    this.#observer = observer;
    this.#store = store;
  }

  preflight(request: PreflightRequest<TItem>): Promise<CompactResult<TItem>> {
    const trigger = request.trigger ?? 'threshold';
    return this.#enqueue(request, trigger, trigger === 'overflow' ? 'overflow' : 'preflight', undefined);
  }

  compact({ note, ...request }: ManualRequest<TItem>): Promise<CompactResult<TItem>> {
    return this.#enqueue(request, 'manual', 'manual', note);
  }

  reportUsage(sessionId: string, usage: Usage): void {
    this.#reports.set(sessionId, usage);
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
    const facts = { id: this.#engine.newId(), sessionId, trigger, phase };
    const before = this.#flights.get(sessionId) ?? Promise.resolve();
    const flight = before.then(() => this.#run(request, facts, note));
    const settled = flight
      .catch(() => {})
      .finally(() => {
        if (this.#flights.get(sessionId) === settled) this.#flights.delete(sessionId);
      });
    this.#flights.set(sessionId, settled);
    return flight;
  }

  async #run(
    request: PreflightRequest<TItem>,
    facts: RunFacts,
    note: string | undefined,
  ): Promise<CompactResult<TItem>> {
    const engine = this.#engine;
    const { sessionId, signal } = request;
    const model = request.model ?? engine.model;
    const stored = await this.#load(sessionId, signal);
    const startedAt = engine.now();
    const observer = observe(this.#observer, {
      ...facts,
      callIndex: stored.calls + 1,
      startedAt,
      dialect: engine.dialect.name,
      model,
      ...(request.provider === undefined ? {} : { provider: request.provider }),
      ...(request.agent === undefined ? {} : { agent: request.agent }),
    });
    const usage = request.usage ?? this.#reports.get(sessionId);
    this.#reports.delete(sessionId);
    const known = this.#known.get(stored);
    if (known === undefined) await warmUp(engine, request.items, signal);
    const prepared = prepare(engine, stored, { ...request, usage }, known);
    let { state } = prepared;
    let finding: Finding<TItem>;
    try {
      signal?.throwIfAborted();
      ({ state, finding } = await runCompaction({
        engine,
        prepared,
        facts,
        model,
        startedAt,
        note,
        observer,
        signal,
      }));
    } catch (error) {
      finding = failure(error, signal);
      const at = engine.now();
      const message = finding.advice ?? '';
      const body = { name: 'error', errorType: finding.outcome, message, fallback: 'not-compacted' } as const;
      observer.tell({ ...body, startedAt: at, endedAt: at });
    }
    const result = describeResult(facts, prepared, finding);
    const next = {
      ...state,
      prompt: sentPrompt(prepared, finding.changed?.entries),
      lastCallAt: engine.now(),
    };
    if (state === prepared.state) this.#known.set(next, prepared);
    await this.#save(sessionId, next, signal);
    observer.end(result, engine.now());
    return result;
  }

  async #load(sessionId: string, signal = new AbortController().signal): Promise<SessionState> {
    const stored = await this.#store.load(sessionId, signal).catch(() => undefined);
    if (typeof stored !== 'object' || stored === null) return initialState;
    if (this.#own.has(stored)) return stored as SessionState;
    const parsed = SessionState.safeParse(stored);
    return parsed.success ? parsed.data : initialState;
  }

  /** A store that is out of reach costs the next run a summary, never this one its result. */
  async #save(sessionId: string, state: SessionState, signal = new AbortController().signal): Promise<void> {
    this.#own.add(state);
    await this.#store.save(sessionId, state, signal).catch(() => {});
  }
}

function failure<TItem>(error: unknown, signal: AbortSignal | undefined): Finding<TItem> {
  if (signal?.aborted === true) return { outcome: 'aborted', advice: 'The caller aborted the compaction.' };
  const message = error instanceof Error ? error.message : String(error);
  const known = CompactError.isInstance(error) ? error : undefined;
  return {
    outcome: 'failed',
    advice: message,
    error: known ?? new CompactError({ code: 'summarizer_failed', message, cause: error }),
  };
}
