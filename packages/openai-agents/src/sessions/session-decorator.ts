import { isRunContextAwareSession } from '@openai/agents-core';
import type {
  AgentInputItem,
  RunContext,
  Session,
  SessionHistoryRewriteAwareSession,
  SessionHistoryTransactionAwareSession,
} from '@openai/agents-core';

/** What a session may be able to do beside what every session does. The runner looks at whether it is there. */
const forwarded = [
  'prepareHistoryItemForModelInput',
  'prepareHistoryItemsForPersistenceComparison',
  'preserveReasoningItemIdsForPersistence',
  'applyHistoryMutations',
  'applyHistoryTransaction',
  'runCompaction',
  'addItemsWithCompactionOwnership',
] as const;

type Owned = { readonly items: AgentInputItem[]; readonly ownership: object };
type OwnershipRead = (runContext?: RunContext) => Promise<Owned>;

/**
 * A session around another one, which keeps all items. Whatever the inner session can do beside the interface, this
 * one can too; what it cannot, neither can this one.
 */
export abstract class SessionDecorator implements Session {
  protected readonly inner: Session;
  declare readonly acceptsRunContext?: true;
  declare readonly prepareHistoryItemForModelInput?: NonNullable<Session['prepareHistoryItemForModelInput']>;
  declare readonly prepareHistoryItemsForPersistenceComparison?: NonNullable<
    Session['prepareHistoryItemsForPersistenceComparison']
  >;
  declare readonly preserveReasoningItemIdsForPersistence?: NonNullable<
    Session['preserveReasoningItemIdsForPersistence']
  >;
  declare readonly applyHistoryMutations?: SessionHistoryRewriteAwareSession['applyHistoryMutations'];
  declare readonly applyHistoryTransaction?: SessionHistoryTransactionAwareSession['applyHistoryTransaction'];
  declare readonly getItemsWithCompactionOwnership?: OwnershipRead;

  constructor(inner: Session) {
    this.inner = inner;
    if (Reflect.get(inner, 'acceptsRunContext') === true) this.#define('acceptsRunContext', true);
    for (const name of forwarded) {
      const method: unknown = Reflect.get(inner, name);
      if (typeof method === 'function') this.#define(name, method.bind(inner));
    }
    // This is how the runner reads a session that lets OpenAI compact: it must not pass us by.
    const read: unknown = Reflect.get(inner, 'getItemsWithCompactionOwnership');
    if (typeof read !== 'function') return;
    this.#define('getItemsWithCompactionOwnership', async (runContext?: RunContext) => {
      const owned = (await Reflect.apply(read, inner, [runContext])) as Owned;
      return { ...owned, items: await this.visible(owned.items, undefined) };
    });
  }

  /** What of the stored items is shown. */
  protected abstract visible(
    stored: readonly AgentInputItem[],
    limit: number | undefined,
  ): Promise<AgentInputItem[]>;

  getSessionId(): Promise<string> {
    return this.inner.getSessionId();
  }

  async getItems(limit?: number, runContext?: RunContext): Promise<AgentInputItem[]> {
    return limit !== undefined && limit <= 0 ? [] : this.visible(await this.stored(runContext), limit);
  }

  addItems(items: AgentInputItem[], runContext?: RunContext): Promise<void> {
    return this.inner.addItems(items, ...this.#passOn(runContext));
  }

  popItem(runContext?: RunContext): Promise<AgentInputItem | undefined> {
    return this.inner.popItem(...this.#passOn(runContext));
  }

  clearSession(runContext?: RunContext): Promise<void> {
    return this.inner.clearSession(...this.#passOn(runContext));
  }

  /**
   * Where OpenAI has compacted. The runner would else clear the session and write back what it has read, which is
   * less than what is stored; the compaction item is a boundary for every reader, so it is enough to append it.
   */
  async replaceHistoryWithCompaction(items: AgentInputItem[], runContext?: RunContext): Promise<void> {
    const inner = this.inner.replaceHistoryWithCompaction?.bind(this.inner);
    if (inner === undefined) await this.addItems(items, runContext);
    else await inner(items, ...this.#passOn(runContext));
  }

  /** Everything that the inner session has. */
  protected async stored(runContext?: RunContext): Promise<AgentInputItem[]> {
    return isRunContextAwareSession(this.inner)
      ? this.inner.getItems(undefined, runContext)
      : this.inner.getItems();
  }

  #passOn(runContext: RunContext | undefined): [] {
    // A session declares that it takes a context; the interface of those that do not has no place for it.
    return (this.acceptsRunContext === true ? [runContext] : []) as [];
  }

  #define(name: string, value: unknown): void {
    Object.defineProperty(this, name, { value, configurable: true });
  }
}
