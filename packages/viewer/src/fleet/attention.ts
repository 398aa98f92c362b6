import type { HealthRule } from '@clew/trace-model';
import type { Tone } from '../cut/cut-words.ts';
import type { FleetRow } from './fleet-row.ts';

/** Something to look at in a session, by a rule with a name. */
export type Attention = {
  readonly rule: HealthRule | 'lost_constraint';
  readonly count: number;
  readonly tone: Tone;
  readonly words: string;
};

type Named = Attention['rule'];

/** The gravest first: what failed or is missing stands before what is only dear. */
const order: readonly Named[] = [
  'failed',
  'unaccounted',
  'lost_constraint',
  'fallback',
  'thrash',
  'over_budget',
  'eroded',
  'held_back',
];

const words: Record<Named, string> = {
  failed: 'failed',
  unaccounted: 'unaccounted',
  lost_constraint: 'constraint lost',
  fallback: 'fallback',
  thrash: 'thrash',
  over_budget: 'over budget',
  eroded: 'facts eroded',
  held_back: 'held back',
};

const tones: Record<Named, Tone> = {
  failed: 'bad',
  unaccounted: 'bad',
  lost_constraint: 'bad',
  fallback: 'warn',
  thrash: 'warn',
  over_budget: 'bad',
  eroded: 'warn',
  held_back: 'plain',
};

/** What a session's row says is to be looked at, the gravest first. None is no proof of health. */
export function attentionOf(row: FleetRow): readonly Attention[] {
  const found = new Map<Named, number>(row.signs?.map(({ rule, count }) => [rule, count]) ?? counted(row));
  if (row.worst?.kind === 'constraint') found.set('lost_constraint', row.worst.total - row.worst.kept);
  return order.flatMap((rule) => {
    const count = found.get(rule) ?? 0;
    return count === 0 ? [] : [{ rule, count, tone: tones[rule], words: words[rule] }];
  });
}

/** A number to sort by: the gravest rule counts first, then how often. */
export function urgency(row: FleetRow): number {
  const [first] = attentionOf(row);
  if (first === undefined) return 0;
  return (order.length - order.indexOf(first.rule)) * 1_000_000 + Math.min(first.count, 999_999);
}

/** Where only counts were sent, they tell of three of the rules. */
function counted({ digest }: FleetRow): readonly (readonly [Named, number])[] {
  return [
    ['failed', digest?.failures ?? 0],
    ['unaccounted', digest?.unbalanced ?? 0],
    ['fallback', digest?.fallbacks ?? 0],
  ];
}
