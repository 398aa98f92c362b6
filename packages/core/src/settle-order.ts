import type { Change, Changes } from './change.ts';
import { insertionPoint } from './commit.ts';
import type { Dialect } from './dialect.ts';
import type { Entry } from './entry.ts';
import type { Group } from './group.ts';
import type { ItemView } from './item-view.ts';
import { textWithNotes } from './media/media-note.ts';
import { shorten } from './shorten.ts';
import { takesTurn } from './takes-turn.ts';
import type { Weigher } from './weigh.ts';

/** A message that stays for its place only keeps this much of its text. */
const placeCharacters = 240;

/** There is one summary at a time: of an older one only its turn is left. */
const outdated = '(The record has been renewed.)';

export type SettleInput = {
  readonly entries: readonly Entry<unknown>[];
  readonly groups: readonly Group[];
  readonly changes: Changes;
  readonly hasSummary: boolean;
  readonly weigher: Weigher;
  readonly dialect: Pick<Dialect<never>, 'mayFollow'>;
};

/**
 * Where a format wants user and assistant to take turns, two that stay may become neighbours of one role. The
 * newest message between them that fits stays then too, trimmed. The summary sees to its own place.
 */
export function settleOrder(input: SettleInput): Changes {
  const { entries, groups, dialect } = input;
  if (dialect.mayFollow === undefined) return input.changes;
  const changes = new Map(input.changes);
  const alone = new Set(groups.flatMap(({ members }) => (members.length === 1 ? members : [])));
  for (let round = 0; round < entries.length; round += 1) {
    const found = openPlaces({ ...input, changes }, alone);
    if (found.length === 0) break;
    for (const position of found) {
      const change = trimmedTo(entries[position], input);
      if (change === undefined) changes.delete(position);
      else changes.set(position, change);
    }
  }
  return changes;
}

function openPlaces(
  { entries, groups, changes, hasSummary, dialect }: SettleInput,
  alone: ReadonlySet<number>,
): readonly number[] {
  const mayFollow = (before: ItemView | undefined, after: ItemView) =>
    dialect.mayFollow?.(before, after) ?? true;
  const at = hasSummary ? insertionPoint(entries, groups, changes) : -1;
  const found: number[] = [];
  let last = -1;
  for (const [position, entry] of entries.entries()) {
    if (!takesTurn(entry) || leaves(changes.get(position))) continue;
    const before = entries[last]?.view;
    const hasSummaryBetween = last < at && at <= position;
    if (!hasSummaryBetween && !mayFollow(before, entry.view)) {
      // The newest that fits, between the two.
      for (let place = position - 1; place > last; place -= 1) {
        const other = entries[place];
        if (other === undefined || !alone.has(place) || !takesTurn(other)) continue;
        if (!mayFollow(before, other.view) || !mayFollow(other.view, entry.view)) continue;
        found.push(place);
        break;
      }
    }
    last = position;
  }
  return found;
}

function leaves(change: Change | undefined): boolean {
  return change !== undefined && !('text' in change);
}

/** @returns `undefined` where the item stays as it is */
function trimmedTo(
  entry: Entry<unknown> | undefined,
  { weigher, hasSummary }: SettleInput,
): Change | undefined {
  if (entry?.view.kind !== 'message' || (entry.isSummary && !hasSummary)) return undefined;
  const text = entry.isSummary ? outdated : shorten(textWithNotes(entry.view), placeCharacters);
  const tokens = weigher.view({ text, mediaCount: 0 });
  return tokens < entry.tokens ? { fate: 'trimmed', text, tokens, reason: 'keeps_turns' } : undefined;
}
