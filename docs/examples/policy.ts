import { allOf, clew, keepTools, pruneOnly, whenIdleFor, whenUsageReaches } from 'clew';
import type { KeepRule } from 'clew';

// The provider has forgotten the prompt by now, so that clearing costs nothing: do it early.
const coldCache = pruneOnly(allOf(whenIdleFor(5 * 60_000), whenUsageReaches(0.5)));

// A rule of our own: plans stay, whoever wrote them.
const plans: KeepRule = {
  name: 'plan',
  isFirm: true,
  keeps: ({ views }) => views.some(({ text }) => text.startsWith('PLAN')),
};

export const app = await clew({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  policy: { triggerPct: 0.8, keepRecentTurns: 3, pruning: 'recency' },
  triggers: [coldCache],
  keep: [keepTools('skill'), plans],
});
