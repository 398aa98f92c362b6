import { CompactError, parseOptions } from '@clew/core';
import type { AgentInputItem, RunContext, Session } from '@openai/agents-core';
import { z } from 'zod';
import { reporter } from '../safely.ts';
import { itemTokensOf, Limits } from './local-compaction-session.ts';
import type { LocalCompactionSessionOptions } from './local-compaction-session.ts';
import type { ItemTokens } from './item-tokens.ts';
import { holdsCompaction, recentWindow } from './recent-window.ts';
import { SessionDecorator } from './session-decorator.ts';

export type BoundedSessionOptions = LocalCompactionSessionOptions & {
  /** How much of the limits is left in use when they were passed, so that not every write rewrites. Default 0.75. */
  readonly keepRatio?: number | undefined;
  /**
   * Told of the items before they are deleted, and waited for: the last chance to archive them. Where it rejects,
   * nothing is deleted, and the failure is reported.
   */
  readonly onDelete?: ((items: readonly AgentInputItem[]) => Promise<void> | void) | undefined;
  /**
   * Delete in one transaction of the session below, which must take them. Such a session remembers each transaction
   * with its items, so that what it stores is bounded no more than its own housekeeping bounds that. Default false:
   * the session is cleared and written again, and put back where that fails; a crash between the two loses it.
   */
  readonly isAtomic?: boolean | undefined;
};

const BoundedLimits = z.object({
  keepRatio: z.number().gt(0).lte(1).optional(),
  isAtomic: z.boolean().optional(),
});

/**
 * A session that is kept small where it is stored: after a write that passes a limit, what is oldest is deleted
 * below. For those who must bound their storage; `LocalCompactionSession` bounds only what is read and loses nothing.
 *
 * A call is never deleted before its result has come, nor one without the other, however they are written.
 */
export class BoundedSession extends SessionDecorator {
  readonly #options: BoundedSessionOptions;
  readonly #tokens: ItemTokens;
  readonly #report: (error: unknown) => void;
  readonly #newId: () => string;
  /** Reads and writes, one after the other: a deletion reads, and then writes what it has read. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws CompactError `invalid_options` */
  constructor(underlying: Session, options: BoundedSessionOptions, newId = () => crypto.randomUUID()) {
    super(underlying);
    const { keepRatio, isAtomic, onDelete: _onDelete, ...limits } = options;
    parseOptions(Limits, limits, 'The options of BoundedSession');
    parseOptions(BoundedLimits, { keepRatio, isAtomic }, 'The options of BoundedSession');
    if (isAtomic === true && this.applyHistoryTransaction === undefined) {
      throw new CompactError({
        code: 'invalid_options',
        message:
          'isAtomic needs a session with applyHistoryTransaction, and the one below has none. Leave isAtomic out.',
      });
    }
    this.#options = options;
    this.#tokens = itemTokensOf(options);
    this.#report = reporter(options.onError, 'A session could not be kept small');
    this.#newId = newId;
    const apply = this.applyHistoryTransaction;
    if (apply === undefined) return;
    Object.defineProperty(this, 'applyHistoryTransaction', {
      value: async (...args: Parameters<typeof apply>) =>
        this.#inTurn(async () => {
          await apply(...args);
          await this.#shrink(args[1]);
        }),
    });
  }

  override addItems(items: AgentInputItem[], runContext?: RunContext): Promise<void> {
    return this.#inTurn(async () => {
      await super.addItems(items, runContext);
      await this.#shrink(runContext);
    });
  }

  override popItem(runContext?: RunContext): Promise<AgentInputItem | undefined> {
    return this.#inTurn(async () => super.popItem(runContext));
  }

  override clearSession(runContext?: RunContext): Promise<void> {
    return this.#inTurn(async () => super.clearSession(runContext));
  }

  /** Reading shows all that is stored; under `limit` whole groups. */
  protected async visible(
    stored: readonly AgentInputItem[],
    limit: number | undefined,
  ): Promise<AgentInputItem[]> {
    return limit === undefined ? [...stored] : this.#fit(stored, { windowSize: limit });
  }

  async #shrink(runContext: RunContext | undefined): Promise<void> {
    const { windowSize, tokenBudget, keepRatio = 0.75, onDelete } = this.#options;
    const stored = await this.stored(runContext);
    const allowed = await this.#fit(stored, { windowSize, tokenBudget });
    if (allowed.length === stored.length) return;
    const share = (limit: number | undefined) =>
      limit === undefined ? undefined : Math.max(1, Math.floor(limit * keepRatio));
    const left = await this.#fit(stored, { windowSize: share(windowSize), tokenBudget: share(tokenBudget) });
    const stays = new Set(left);
    try {
      await onDelete?.(stored.filter((item) => !stays.has(item)));
      await this.#replace(stored, left, runContext);
    } catch (error) {
      // The write itself has succeeded: the next one tries again.
      this.#report(error);
    }
  }

  async #fit(
    stored: readonly AgentInputItem[],
    limits: { readonly windowSize?: number | undefined; readonly tokenBudget?: number | undefined },
  ): Promise<AgentInputItem[]> {
    const { isProtected = () => false } = this.#options;
    return recentWindow(stored, {
      ...limits,
      weigh: async (item) => this.#tokens.weigh(item),
      mustStay: (group, items) =>
        group.isPending ||
        holdsCompaction(group, items) ||
        group.members.some((index) => {
          const item = items[index];
          return item !== undefined && isProtected(item);
        }),
    });
  }

  async #replace(
    stored: AgentInputItem[],
    left: AgentInputItem[],
    runContext: RunContext | undefined,
  ): Promise<void> {
    if (this.#options.isAtomic === true) {
      const apply = Reflect.get(this.inner, 'applyHistoryTransaction') as (...args: unknown[]) => unknown;
      const transaction = { type: 'replace_suffix', expectedSuffix: stored, replacement: left };
      await Reflect.apply(apply, this.inner, [{ operationId: this.#newId(), transaction }, runContext]);
      return;
    }
    await super.clearSession(runContext);
    try {
      await super.addItems(left, runContext);
    } catch (error) {
      await super.clearSession(runContext);
      await super.addItems(stored, runContext);
      throw error;
    }
  }

  #inTurn<TResult>(work: () => Promise<TResult>): Promise<TResult> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => {});
    return mine;
  }
}
