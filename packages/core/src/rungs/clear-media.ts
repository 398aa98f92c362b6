import type { Change } from '../change.ts';
import { edit, isSpared } from './edit.ts';
import type { Proposal } from './edit.ts';
import { leavingIn } from './rung.ts';
import type { Draft, RungContext } from './rung.ts';

/** Media that weigh less than this are not worth it: a note stands in their place. */
const minWonTokens = 40;

/**
 * Replaces pictures and files by notes, the oldest first; the text beside them stays. Not in what is protected,
 * kept for being recent or of an excluded tool, and not behind the last thing that the model said.
 */
export function clearOldMedia(context: RungContext, draft: Draft): Draft {
  const made = edit(context, draft, oldMedia(context, draft));
  return made.changes.size === draft.changes.size ? draft : made;
}

function* oldMedia(context: RungContext, draft: Draft): Generator<Proposal> {
  const { groups, entries, candidates, policy } = context;
  const keep = context.keepAt(draft.level);
  const leaving = leavingIn(draft);
  const lastSaid = entries.findLastIndex(({ view }) => view.role === 'assistant');
  for (const group of groups) {
    const isFixed = group.isProtected || group.isPending || group.isUnread || group.kind === 'summary';
    if (isFixed || keep.has(group) || isSpared(context, group)) continue;
    const isExcluded = candidates.get(group)?.tools.some((tool) => policy.excludeTools.includes(tool));
    if (isExcluded === true) continue;
    for (const index of group.members) {
      const hasMedia = (entries[index]?.view.mediaCount ?? 0) > 0;
      if (!hasMedia || index > lastSaid || draft.changes.has(index) || leaving.has(index)) continue;
      yield { index, change: () => withoutMedia(context, index) };
    }
  }
}

function withoutMedia({ entries, weigher, cleared }: RungContext, index: number): Change | undefined {
  const entry = entries[index];
  const view = entry === undefined ? undefined : cleared(entry, 'media');
  if (entry === undefined || view === undefined) return undefined;
  const tokens = weigher.view(view);
  if (entry.tokens - tokens < minWonTokens) return undefined;
  return { fate: 'cleared', part: 'media', text: view.text, tokens, reason: 'old_media' };
}
