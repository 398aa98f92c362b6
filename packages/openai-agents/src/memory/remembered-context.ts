import { agents, isVisible, renderSummary } from '@clew/core';
import type { CompactResult, ItemKind, LedgerRow, Role, SummaryInfo, Window } from '@clew/core';

export type RememberedItem = {
  /** As in the ledger. */
  readonly id: string;
  readonly role: Role;
  readonly kind: ItemKind;
  readonly tokens: number;
  readonly tool?: string;
  /** Why it is protected, where a rule or a call of `protect` says so. */
  readonly label?: string;
  /** As the model sees it. */
  readonly item: object;
};

export type RememberedLayer = { readonly items: readonly RememberedItem[]; readonly tokens: number };

/** What the model sees of a session, in layers. */
export type RememberedContext = {
  readonly sessionId: string;
  readonly layers: {
    /** What may never leave, by role, rule or mark. */
    readonly protected: RememberedLayer;
    /** What stands for all that left. */
    readonly summary: (SummaryInfo & { readonly covers: number }) | undefined;
    /** The rest. */
    readonly recent: RememberedLayer;
  };
  /** Of the whole prompt, instructions and tools included. */
  readonly tokens: number;
  readonly window: Window;
  /** Items that left and that no summary covers. */
  readonly droppedCount: number;
};

const protectedCategories: ReadonlySet<string> = new Set(['system', 'developer', 'protected']);

/** The context that a run has left behind, in layers. */
export function rememberedContext(
  { sessionId, items, ledger, summary, tokens, window, coverage }: CompactResult<unknown>,
  {
    labelOf = () => undefined,
    inspect = (item) => agents.inspect(item),
  }: {
    readonly labelOf?: (item: object) => string | undefined;
    /** How the items are read. Default: as the Agents SDK writes them. */
    readonly inspect?: (item: object) => { readonly text: string };
  } = {},
): RememberedContext {
  const rows = ledger.filter(({ index, fate }) => index !== undefined && isVisible(fate));
  const block = summary === undefined ? undefined : renderSummary(summary);
  const shown = items.filter(isObject).filter((item) => inspect(item).text !== block);
  const remembered = shown.flatMap((item, position) => {
    const row = rows[position];
    return row === undefined ? [] : [{ row, item: remember(row, item, labelOf(item)) }];
  });
  const layer = (isWanted: boolean): RememberedLayer => {
    const own = remembered
      .filter(({ row }) => protectedCategories.has(row.category) === isWanted)
      .map(({ item }) => item);
    return { items: own, tokens: own.reduce((sum, item) => sum + item.tokens, 0) };
  };
  return {
    sessionId,
    layers: {
      protected: layer(true),
      summary: summary === undefined ? undefined : { ...summary, covers: coverage.summarized },
      recent: layer(false),
    },
    tokens: tokens.after,
    window,
    droppedCount: coverage.dropped,
  };
}

function remember(
  { id, role, kind, tokensAfter, tool }: LedgerRow,
  item: object,
  label: string | undefined,
): RememberedItem {
  return {
    id,
    role,
    kind,
    tokens: tokensAfter,
    ...(tool !== undefined && { tool }),
    ...(label !== undefined && { label }),
    item,
  };
}

function isObject(item: unknown): item is object {
  return typeof item === 'object' && item !== null;
}
