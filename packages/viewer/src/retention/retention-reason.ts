import type { Cut } from '@clew/trace-model';
import { formatCount } from '../format/tokens.ts';
import { formatRatio } from '../format/ratio.ts';
import { plural } from '../words.ts';

/** Why facts cannot be read after a compaction, in sentences with the numbers that were recorded. */
export function retentionReasons({ retention, run, outcome }: Cut): readonly string[] {
  if (retention === undefined) return ['This compaction told nothing of facts, so nothing is known of them.'];
  const { facts, evicted, eroded, sheet_tokens } = retention;
  return [
    sheet_tokens === 0
      ? `No fact sheet was written here${outcome === 'pruned_only' ? ', for nothing was summarised' : ''}: ${plural(facts, 'fact')} ${facts === 1 ? 'is' : 'are'} carried on for the next one.`
      : `The fact sheet has ${formatCount(sheet_tokens)} tokens${roomWords(run)}, and ${plural(facts, 'fact')} ${facts === 1 ? 'is' : 'are'} carried on.`,
    evicted === 0
      ? 'Nothing was evicted: what cannot be read now may come back with the next sheet.'
      : `${plural(evicted, 'fact')} evicted for good: what named ${evicted === 1 ? 'it' : 'them'} has left the context, and there was no room to carry ${evicted === 1 ? 'it' : 'them'} on. What is worth least goes first, by who named it, how often and how lately.`,
    ...(eroded === 0 ? [] : [`${formatCount(eroded)} of them had been carried on by an earlier compaction.`]),
  ];
}

/** The room that the policy left for the sheet, where the decision told its fields. */
function roomWords({ record, decision }: Cut['run']): string {
  const share = decision?.policy['fact_sheet_pct'];
  const most = decision?.policy['fact_sheet_max_tokens'];
  if (record === undefined || typeof share !== 'number' || typeof most !== 'number') return '';
  const room = Math.min(Math.floor(record.window.target * share), most);
  return ` of ${formatCount(room)} that it may have (the lesser of ${formatRatio(share)} of the target and ${formatCount(most)})`;
}
