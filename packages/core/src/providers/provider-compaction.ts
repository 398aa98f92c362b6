import type { Changes } from '../change.ts';
import { pastOf, rowOf } from '../commit.ts';
import type { Committed } from '../commit.ts';
import type { Compaction, CompactionInput } from '../compaction-input.ts';
import { categoryOf } from '../entry.ts';
import type { Entry } from '../entry.ts';
import { keepTranscript } from '../keep-archive.ts';
import { candidatesOf } from '../keeping/candidate.ts';
import { goneAfter, withProviderSplice } from '../next-splice.ts';
import type { SummaryInfo } from '../result.ts';
import { providerCompaction } from './provider-summary.ts';
import { tellDecision, tellEstimate, tellPruned } from '../tell-steps.ts';

export type ProviderCompactionInput<TItem> = CompactionInput<TItem> & {
  /** The item that stands for everything before it, as it is sent back. */
  readonly compaction: TItem;
  /** What it says, where the provider shows it. */
  readonly text: string | undefined;
};

/**
 * Takes down what the provider has done: everything before its item has left under a summary that only it can read.
 * What may never leave did leave there; it is sent again behind the item, so that the model goes on seeing it.
 */
export async function takeDownCompaction<TItem>(
  input: ProviderCompactionInput<TItem>,
): Promise<Compaction<TItem>> {
  const { engine, prepared, facts, observer, signal } = input;
  const { state, resumed } = prepared;
  tellEstimate(input, input.startedAt);
  const decidedFrom = engine.now();
  const before = resumed.entries;
  const sequence = state.sequence + 1;
  const firm = firmPositions(input);
  const changes: Changes = new Map(
    [...before.keys()]
      .filter((position) => !firm.has(position))
      .map((position) => [position, { fate: 'summarized', reason: providerCompaction }]),
  );
  const kept = { pinned: firm.size, recentTurns: 0, toolPairs: 0 };
  const reason = 'the provider compacted within the call';
  tellDecision(
    input,
    decidedFrom,
    { triggered: true, reason },
    { ...noPlan, covered: [...changes.keys()], kept },
  );
  const archiveRefs = await keepTranscript({ engine, observer, signal, facts, sequence, before, changes });
  const made = entryOf(input);
  const summary = summaryOf(input, made);
  const summaryFrom = engine.now();
  const rows = before.map((entry, position) =>
    rowOf(entry, changes.get(position), firm.has(position) ? entry.tokens : 0, {
      sequence,
      archiveRef: archiveRefs.get(position),
    }),
  );
  const stayed = before.flatMap((entry, position) => {
    const row = rows[position];
    return row === undefined || !firm.has(position) ? [] : { ...entry, past: pastOf(entry, row) };
  });
  const committed: Committed<TItem> = {
    entries: [made, ...stayed],
    rows,
    splice: { index: 0, removed: changes.size, inserted: 1 },
  };
  observer.tell({
    name: 'summary_created',
    strategy: 'provider',
    method: 'model',
    inputCount: changes.size,
    inputTokens: sumOf(rows, changes),
    shownTokens: sumOf(rows, changes),
    attempt: 1,
    model: input.model,
    summary,
    startedAt: summaryFrom,
    endedAt: engine.now(),
  });
  tellPruned(input, { ...noPlan, kept }, changes);
  const gone = goneAfter(prepared, committed);
  return {
    state: {
      ...withProviderSplice(prepared, committed, {
        gone,
        summary,
        compaction: made,
        inspector: engine.inspector,
      }),
      lastCompactedCall: state.calls,
    },
    finding: {
      outcome: 'compacted',
      attempts: 1,
      steps: [],
      ...adviceOn(firm),
      changed: { ...committed, inserted: [made], gone, summary, sequence },
    },
  };
}

const noPlan = {
  steps: [],
  changes: new Map(),
  covered: [],
  summaryTokens: 0,
  sheetTokens: 0,
  estimatedTokens: 0,
  level: { turns: 1, pairs: 1, isFull: false },
} as const;

function adviceOn(firm: ReadonlySet<number>) {
  if (firm.size === 0) return {};
  return {
    advice: `The provider took all items; ${firm.size} that may never leave are sent again behind its compaction.`,
  };
}

/** Positions of what may never leave, each with its whole group. An older item of the provider's is no such thing. */
function firmPositions<TItem>({ engine, prepared }: CompactionInput<TItem>): ReadonlySet<number> {
  const { grouping, resumed } = prepared;
  const rules = engine.keepRules.filter(({ isFirm }) => isFirm === true);
  const firm = new Set<number>();
  for (const [{ members }, candidate] of candidatesOf(grouping.groups, resumed.entries)) {
    if (members.some((position) => resumed.entries[position]?.isSummary === true)) continue;
    if (!candidate.isProtected && !rules.some(({ keeps }) => keeps(candidate))) continue;
    for (const position of members) firm.add(position);
  }
  return firm;
}

function entryOf<TItem>({ engine, prepared, compaction }: ProviderCompactionInput<TItem>): Entry<TItem> {
  const { item, view, id, weight } = engine.inspector.inspect(compaction);
  const mark = { isProtected: true, isSummary: true };
  const tokens = Math.round(weight * prepared.state.scale);
  return { item, view, id, tokens, category: categoryOf(view, mark), pin: providerCompaction, ...mark };
}

/** Its place in the lineage. Its tokens are an estimate by its length; its text is empty where nobody can read it. */
function summaryOf<TItem>(
  { engine, prepared, text = '' }: ProviderCompactionInput<TItem>,
  made: Entry<TItem>,
): SummaryInfo {
  const previous = prepared.resumed.summary;
  return {
    id: engine.newId(),
    version: (previous?.version ?? 0) + 1,
    ...(previous === undefined ? {} : { parentId: previous.id }),
    tokens: made.tokens,
    digest: made.id,
    text,
    by: 'provider',
  };
}

function sumOf(rows: readonly { readonly tokens: number }[], changes: Changes): number {
  return [...changes.keys()].reduce((sum, position) => sum + (rows[position]?.tokens ?? 0), 0);
}
