import type { FactKind, KeptOfTotal } from '@clew/trace-model';

/** Names for people of the kinds of facts, in the plural. */
export const factWords: Record<FactKind, string> = {
  ask: 'Asks',
  constraint: 'Constraints',
  decision: 'Decisions',
  open: 'Open points',
  error: 'Errors',
  failed_command: 'Failed commands',
  url: 'URLs',
  path: 'Paths',
  id: 'Ids',
  identifier: 'Names in code',
};

export function keptOf({ kept, total }: KeptOfTotal): string {
  return `${kept} of ${total}`;
}

/** Whether all, some or none of them can still be read: the bar's tone, which the figures beside it say too. */
export function keptTone({ kept, total }: KeptOfTotal): 'good' | 'warn' | 'bad' {
  if (kept >= total) return 'good';
  return kept === 0 ? 'bad' : 'warn';
}
