import { canonicalJson } from '../canonical-json.ts';
import type { Dialect } from '../dialect.ts';
import { MemorySessionStore } from '../memory-session-store.ts';
import type { CompactManagerOptions } from '../manager-options.ts';
import { CompactManager } from '../manager.ts';
import { keepRecentItems } from '../keeping/keep-rule.ts';
import type { CompactResult } from '../result.ts';
import { pruneOnly } from '../triggers/combine-triggers.ts';
import { afterItems } from '../triggers/session-triggers.ts';
import { whenTokensReach } from '../triggers/token-triggers.ts';
import type { Usage } from '../usage.ts';
import type { Validity } from '../validity/validity.ts';
import { callLaws } from './call-laws.fixture.ts';
import type { Call } from './call-laws.fixture.ts';
import type { writers } from './histories.fixture.ts';
import { protectsSome } from './scenario.fixture.ts';
import type { Scenario, Sends, Step } from './scenario.fixture.ts';
import { SentHistory } from './sent-history.fixture.ts';
import { JsonStore, archiveOf, mannered } from './unreliable-ports.fixture.ts';

export type AnyDialect = Dialect<object> & Validity<object>;
export type Played = { readonly broken: readonly string[]; readonly calls: number; readonly changed: number };

const counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text: string) => Math.ceil(text.length / 4),
} as const;

/** Per million tokens. */
const prices = {
  currency: 'USD',
  models: { test: { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 } },
};

/** What one call is for, besides the items. */
type Asked = {
  readonly how: 'threshold' | 'overflow' | 'manual';
  readonly note?: string | undefined;
  readonly aborts?: 'before' | 'while it is summarised';
};

type Sent = {
  readonly items: readonly object[];
  readonly asked: Asked;
  readonly usage: Usage | undefined;
  readonly isMalformed: boolean;
};

/**
 * Plays a session in one process that remembers all it can, and, where it is to be played twice, beside it in a new
 * process for each call, with copies of the items and the state read from text. Both must come to the same.
 */
export async function playScenario(
  scenario: Scenario,
  name: keyof typeof writers,
  dialect: AnyDialect,
): Promise<Played> {
  const session = new PlayedSession(scenario, name, dialect);
  for (const [index, step] of scenario.steps.entries()) {
    const broken = await session.play(step);
    if (broken.length > 0) {
      return { ...session.counts, broken: broken.map((law) => `step ${index + 1}: ${law}`) };
    }
  }
  return { ...session.counts, broken: [] };
}

class PlayedSession {
  readonly #scenario: Scenario;
  readonly #dialect: AnyDialect;
  readonly #history: SentHistory;
  readonly #here: Side;
  readonly #elsewhere: Side;
  #clock = 1_000_000;
  #usage: Usage | undefined;
  #last: Call | undefined;
  #controller = new AbortController();
  #calls = 0;
  #changed = 0;

  constructor(scenario: Scenario, name: keyof typeof writers, dialect: AnyDialect) {
    this.#scenario = scenario;
    this.#dialect = dialect;
    this.#history = new SentHistory(name, dialect, scenario.policy.protectedFlag ?? 'protected');
    const side = (store: CompactManagerOptions<object>['store']) =>
      new Side({
        ...optionsOf(scenario, dialect, () => this.#onAsked()),
        store,
        now: () => this.#clock,
      });
    this.#here = side(new MemorySessionStore());
    this.#elsewhere = side(new JsonStore());
  }

  get counts() {
    return { calls: this.#calls, changed: this.#changed };
  }

  async play(step: Step): Promise<readonly string[]> {
    switch (step.do) {
      case 'turn': {
        for (const isSendable of this.#history.addTurn(step.exchange)) {
          if (!isSendable || step.isQuiet) continue;
          const broken = await this.#call(step.sends, { how: 'threshold' });
          if (broken.length > 0) return broken;
        }
        return step.isQuiet ? this.#call(step.sends, { how: 'threshold' }) : [];
      }
      case 'compact':
        return this.#call(step.sends, { how: 'manual', note: step.note });
      case 'overflow':
        return this.#call(step.sends, { how: 'overflow' });
      case 'again':
        return this.#again(step.sends);
      case 'abort':
        return this.#call(step.sends, { how: 'manual', aborts: step.when });
      case 'rest':
        this.#clock += step.millis;
        return [];
      case 'restart':
        this.#here.restart();
        return [];
      case 'report':
        this.#usage = reportOf(step.report, this.#last?.result.tokens.after ?? 0);
        return [];
      case 'branch':
        this.#history.branch(step.turn);
        return [];
      case 'edit':
        this.#history.edit(step.turn);
        return [];
      case 'cut':
        this.#history.cut(step.end);
        return [];
      case 'malformed':
        return this.#call('raw', { how: 'manual' }, this.#history.malformed(step.how));
    }
  }

  async #call(
    sends: Sends,
    asked: Asked,
    extra: readonly object[] = [],
    isAgain = false,
  ): Promise<readonly string[]> {
    const items = [...this.#history.sent(sends), ...extra];
    if (items.length === 0) return [];
    const usage = this.#usage;
    this.#usage = undefined;
    const isMalformed = extra.length > 0;
    const sent = { items, asked, usage, isMalformed };
    const result = await this.#run(this.#here, sent);
    this.#calls += 1;
    if (result.splice !== undefined) this.#changed += 1;
    const call: Call = {
      items,
      sends,
      result,
      isManual: asked.how === 'manual',
      isRefused: asked.how === 'overflow',
      aborts: asked.aborts !== undefined,
      isMalformed,
      again: isAgain ? this.#last : undefined,
      isReported: usage !== undefined,
    };
    const broken = [...callLaws(call, this.#history, this.#scenario, this.#dialect)];
    if (this.#scenario.isTwice) {
      const other = await this.#run(this.#elsewhere, { ...sent, items: structuredClone(items) });
      // A state that was read from text may hold the same fields in another order.
      const isSame = JSON.stringify(result) === JSON.stringify(other);
      const [left, right] = isSame ? ['', ''] : [canonicalJson(result), canonicalJson(other)];
      if (left !== right) broken.push(`another process comes to something else: ${difference(left, right)}`);
    }
    if (!isMalformed) this.#history.answered(result.items, sends);
    this.#last = call;
    return broken;
  }

  /** The same once more, with nothing new: as the last call was made. */
  #again(sends: Sends): Promise<readonly string[]> | readonly string[] {
    const last = this.#last;
    if (last === undefined || last.isMalformed || last.aborts || this.#history.hasMoved) return [];
    return this.#call(sends, { how: last.isManual ? 'manual' : 'threshold' }, [], true);
  }

  async #run(
    side: Side,
    { items, asked: { how, note, aborts }, usage, isMalformed }: Sent,
  ): Promise<CompactResult<object>> {
    this.#controller = new AbortController();
    if (aborts === 'before') this.#controller.abort();
    const { isSpokenTo } = this.#scenario;
    const request = {
      // A list that nobody should send is no part of the session.
      sessionId: isMalformed ? 'another' : 's',
      items,
      usage,
      ...(aborts === undefined ? {} : { signal: this.#controller.signal }),
      ...(isSpokenTo ? { instructions: 'You are a test.', tools: [{ name: 'read' }] } : {}),
    };
    this.#abortsWhenAsked = aborts === 'while it is summarised';
    const manager = side.manager();
    return how === 'manual'
      ? manager.compact({ ...request, note })
      : manager.preflight({ ...request, trigger: how });
  }

  #abortsWhenAsked = false;

  #onAsked(): void {
    if (this.#abortsWhenAsked) this.#controller.abort();
  }
}

/** One of the two ways in which the session is run. */
class Side {
  readonly #options: CompactManagerOptions<object>;
  #manager: CompactManager<object>;

  constructor(options: CompactManagerOptions<object>) {
    let ids = 0;
    this.#options = { ...options, newId: () => `id-${(ids += 1)}` };
    this.#manager = new CompactManager(this.#options);
  }

  /** A side that keeps its sessions as text has a new process for each call. */
  manager(): CompactManager<object> {
    if (this.#options.store instanceof JsonStore) this.restart();
    return this.#manager;
  }

  restart(): void {
    this.#manager = new CompactManager(this.#options);
  }
}

function optionsOf(
  { policy, limit, summaries, archive, own }: Scenario,
  dialect: AnyDialect,
  onAsked: () => void,
): CompactManagerOptions<object> {
  return {
    model: 'test',
    maxContextTokens: limit,
    dialect,
    counter,
    policy,
    ...(policy.maxBreakEvenCalls === undefined ? {} : { prices }),
    summaryTimeoutMillis: 2,
    sleep: () => Promise.resolve(),
    summarizer: summaries === undefined ? undefined : mannered(summaries, onAsked),
    archive: archiveOf(archive),
    isArchiveRequired: archive === 'fails but is required',
    triggers: [
      ...(own.includes('trigger') ? [afterItems(9)] : []),
      ...(own.includes('prune trigger') ? [pruneOnly(whenTokensReach(300))] : []),
    ],
    keep: [
      ...(own.includes('keep') ? [keepRecentItems(5)] : []),
      ...(own.includes('firm keep')
        ? [
            {
              name: 'long_words',
              isFirm: true,
              keeps: ({ tokens, kind }: { tokens: number; kind: string }) =>
                kind === 'message' && tokens > 60,
            },
          ]
        : []),
    ],
    isProtected: own.includes('protects') ? protectsSome : undefined,
  };
}

function reportOf(report: string, tokens: number): Usage {
  const actual = { low: tokens * 0.3, high: tokens * 2.5, zero: 0, huge: 1e12, negative: -5, NaN: NaN };
  const inputTokens = Math.round(actual[report as keyof typeof actual] ?? tokens * 1.1);
  return { inputTokens, outputTokens: report === 'right' ? 20 : inputTokens };
}

/** Where two texts part, with a little of what is around. */
function difference(left: string, right: string): string {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return `${left.slice(Math.max(0, at - 60), at + 60)} ≠ ${right.slice(Math.max(0, at - 60), at + 60)}`;
}
