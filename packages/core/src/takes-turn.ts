import type { Entry } from './entry.ts';

/** Whether an item counts where user and assistant take turns: not instructions, and not what nobody knows. */
export function takesTurn({ view }: Pick<Entry<unknown>, 'view'>): boolean {
  return view.kind !== 'other' && view.role !== 'system' && view.role !== 'developer';
}
