import { CompactManager, agents, parseOptions } from '@clew/core';
import type { AgentItem, CompactManagerOptions, CompactResult, LifecycleEvents } from '@clew/core';
import type { AgentInputItem, Session } from '@openai/agents-core';
import { inputItemsOf } from '../input-items.ts';
import { reporter, safelyReporting } from '../safely.ts';
import { recentWindow } from './recent-window.ts';
import { SessionDecorator } from './session-decorator.ts';
import { SessionStrategy, keepWholeTurns, policyOfStrategy } from './session-strategy.ts';

type EngineOptions = Pick<
  CompactManagerOptions<AgentItem>,
  'summarizer' | 'archive' | 'observer' | 'store' | 'counter' | 'isProtected' | 'now' | 'newId'
>;

export type StrategySessionOptions = Partial<EngineOptions> & {
  readonly mode: SessionStrategy['mode'];
  readonly triggerTurns?: number | undefined;
  readonly keepTurns?: number | undefined;
  readonly excludeTools?: readonly string[] | undefined;
  readonly clearInputs?: boolean | undefined;
  readonly strategy?: string | undefined;
  /** Whose tokens are counted. Default `gpt-5`. */
  readonly model?: string | undefined;
  /** Acts also when the session fills most of such a window. By default only turns count. */
  readonly maxContextTokens?: number | undefined;
  /** Told of each compaction, in order, when it has been made. */
  readonly onCompaction?: ((result: CompactResult<AgentItem>) => void) | undefined;
  /** Told of what failed; the session is then read as it is stored. Default: OTel's `diag`. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

const acted: ReadonlySet<string> = new Set(['compacted', 'pruned_only', 'fallback']);

/**
 * A session that reads its old turns back shorter, by the engine: dropped (`trim`), as a summary (`summarize`), or
 * with placeholders for what their tools answered (`compact`). The session below keeps everything. The same
 * compaction is read back until there is another, so that the provider's prompt cache stays warm.
 *
 * It acts between runs, by turns. What must hold within a run, and by tokens, is the model provider's part: see
 * `compactingProvider`.
 */
export class StrategySession extends SessionDecorator {
  readonly #manager: CompactManager<AgentItem> | undefined;
  readonly #report: (error: unknown) => void;
  readonly #tell: (result: CompactResult<AgentItem>) => void;

  /** @throws CompactError `invalid_options` or `invalid_policy` */
  constructor(underlying: Session, options: StrategySessionOptions) {
    super(underlying);
    const { model = 'gpt-5', maxContextTokens, onCompaction, onError, ...rest } = options;
    const { mode, triggerTurns, keepTurns, excludeTools, clearInputs, strategy: name, ...engine } = rest;
    const given = { mode, triggerTurns, keepTurns, excludeTools, clearInputs, strategy: name };
    parseOptions(SessionStrategy, given, 'The options of StrategySession');
    const strategy = SessionStrategy.parse(given);
    this.#report = reporter(onError, 'A session could not be compacted');
    const safely = safelyReporting(this.#report);
    this.#tell = (result) => safely(() => onCompaction?.(result));
    if (strategy.mode === 'none') return;
    this.#manager = new CompactManager<AgentItem>({
      ...engine,
      model,
      maxContextTokens: maxContextTokens ?? Number.MAX_SAFE_INTEGER,
      dialect: agents,
      policy: policyOfStrategy(strategy),
      keep: [keepWholeTurns(strategy.keepTurns)],
    });
  }

  /** Its compactions as they happen, as `manager.events` tells them; absent in the mode `none`, which has none. */
  get events(): LifecycleEvents | undefined {
    return this.#manager?.events;
  }

  protected async visible(
    stored: readonly AgentInputItem[],
    limit: number | undefined,
  ): Promise<AgentInputItem[]> {
    const items = await this.#compacted(stored);
    return limit === undefined ? items : recentWindow(items, { windowSize: limit });
  }

  async #compacted(stored: readonly AgentInputItem[]): Promise<AgentInputItem[]> {
    if (this.#manager === undefined) return [...stored];
    try {
      const sessionId = await this.getSessionId();
      const result = await this.#manager.preflight({ sessionId, items: stored });
      if (acted.has(result.outcome)) this.#tell(result);
      return inputItemsOf(result.items);
    } catch (error) {
      this.#report(error);
      return [...stored];
    }
  }
}
