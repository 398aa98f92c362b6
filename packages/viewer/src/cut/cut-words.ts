import type { Cut } from '@clew/trace-model';
import { formatTokens } from '../format/tokens.ts';
import { outcomeWords } from '../words.ts';

/** `Compaction 3`; an attempt that changed nothing has no number. */
export function cutTitle(cut: Cut): string {
  if (cut.kind === 'failed') return 'Failed attempt';
  if (cut.kind === 'interrupted') return 'Interrupted compaction';
  if (cut.outcome === 'restored') return cut.call.phase === 'undo' ? 'Undo' : 'Put back';
  return cut.number === undefined ? 'Compaction' : `Compaction ${cut.number}`;
}

/** How it ended, in two words. */
export function cutOutcome(cut: Cut): string {
  if (cut.kind === 'running') return 'running';
  if (cut.kind === 'interrupted') return 'interrupted';
  return cut.outcome === undefined ? 'unknown' : outcomeWords[cut.outcome];
}

/** What became of it, where its name does not say so. */
export function cutSentence(cut: Cut): string | undefined {
  if (cut.outcome !== 'restored') return undefined;
  return cut.call.phase === 'undo'
    ? 'A compaction was undone: what it had taken out is in the context again.'
    : 'What was asked for is in the context again, where a compaction had taken it out.';
}

/** Everything that a button for it says: `Compaction 3 at call 41, 112k to 44k tokens, fallback`. */
export function cutName(cut: Cut): string {
  return [`${cutTitle(cut)} at call ${cut.call.position}`, sizes(cut), cutOutcome(cut)]
    .filter((part) => part !== undefined)
    .join(', ');
}

function sizes({ before, after, basis }: Cut): string | undefined {
  if (before === undefined) return undefined;
  if (after === undefined) return `${formatTokens(before, basis)} tokens before`;
  return `${formatTokens(before, basis)} to ${formatTokens(after, basis)} tokens`;
}

/** How it is to be marked, beside its glyph: good, worth a look, wrong, under way, or neither. */
export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'plain';

export function cutTone(cut: Cut): Tone {
  if (cut.kind === 'running') return 'busy';
  if (cut.kind !== 'changed') return 'bad';
  if (cut.outcome === 'restored') return cut.errors.length > 0 ? 'warn' : 'plain';
  return cut.outcome === 'fallback' || cut.errors.length > 0 || (cut.saved ?? 0) < 0 ? 'warn' : 'good';
}
