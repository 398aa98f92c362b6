import type { Entry } from '../entry.ts';
import { factKey, mentionOf, speakers } from './fact.ts';
import type { Fact, Mention } from './fact.ts';
import { oneLine } from './one-line.ts';
import type { Telling } from './told.ts';
import { joinWays } from './told.ts';

export type FactSources = {
  /** What leaves the context, or is shortened in it: as it was. */
  readonly leaving: readonly Entry<unknown>[];
  /** What the model goes on reading. */
  readonly staying: readonly Entry<unknown>[];
  /** The facts that the sheet before this one stood for. */
  readonly carried: readonly Fact[];
};

export type Gathered = {
  /** Every fact that what leaves tells, and every one that was carried, by its key. */
  readonly facts: ReadonlyMap<string, Fact>;
  /** Keys of what the model still reads where it stands: it needs no place in a sheet. */
  readonly visible: ReadonlySet<string>;
  /** The ordinal behind the last item: what is near it is recent. */
  readonly now: number;
};

/** A fact while it is collected. */
type Growing = { -readonly [Field in keyof Fact]: Fact[Field] };

/** Collects facts, with a breath now and then. Each item is read once in its life. */
export function* gatherFacts(telling: Telling, sources: FactSources): Generator<void, Gathered> {
  const { leaving, staying, carried } = sources;
  const facts = new Map<string, Growing>(carried.map((fact) => [factKey(fact), { ...fact }]));
  const commands = new Map<string, string>();
  let last = carried.reduce((latest, fact) => Math.max(latest, fact.last), 0);
  for (const entry of leaving) {
    if (entry.isSummary) continue;
    const told = yield* telling.read(entry.view);
    last = entry.ordinal ?? last;
    told.commands.forEach((command, index) => {
      const id = entry.view.calls[index];
      if (id !== undefined) commands.set(id, command);
    });
    for (const mention of told.mentions) merge(facts, mention, told.by, last);
    if (told.failure === undefined) continue;
    const command = commands.get(entry.view.answers[0] ?? '');
    if (command === undefined) continue;
    const text = told.failure === '' ? command : `${command} → ${oneLine(told.failure, 140)}`;
    merge(facts, mentionOf('failed_command', text), 'tool', last);
  }
  const visible = new Set<string>();
  for (const { view, isSummary } of staying) {
    if (isSummary) continue;
    const told = yield* telling.read(view);
    for (const mention of told.mentions) visible.add(mention.key);
  }
  const ordinals = [...leaving, ...staying].flatMap(({ ordinal }) => ordinal ?? []);
  return { facts, visible, now: ordinals.reduce((max, ordinal) => Math.max(max, ordinal + 1), last + 1) };
}

function merge(facts: Map<string, Growing>, mention: Mention, by: Fact['by'], at: number): void {
  const { key, kind, text, how } = mention;
  const known = facts.get(key);
  if (known === undefined) {
    facts.set(key, { kind, text, by, count: 1, first: at, last: at, ...(how === undefined ? {} : { how }) });
    return;
  }
  if (how !== undefined) known.how = joinWays(known.how, how) ?? how;
  if (speakers.indexOf(by) > speakers.indexOf(known.by)) known.by = by;
  known.count += 1;
  known.first = Math.min(known.first, at);
  known.last = Math.max(known.last, at);
}
