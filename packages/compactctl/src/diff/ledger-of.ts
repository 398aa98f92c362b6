import { CompactManager } from '@clew/core';
import type { Dialect, LedgerRow } from '@clew/core';

/** Large enough that nothing is compacted. */
const noWindow = 2 ** 40;

/** A row for each item, all of them kept: what the items are and what they weigh. */
export async function ledgerOf(
  items: readonly object[],
  dialect: Dialect<object>,
  model: string,
): Promise<readonly LedgerRow[]> {
  const manager = new CompactManager<object>({ model, maxContextTokens: noWindow, dialect });
  return (await manager.preflight({ sessionId: 'recorded', items })).ledger;
}
