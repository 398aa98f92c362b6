import { urgency, attentionOf } from './attention.ts';
import type { FleetRow } from './fleet-row.ts';

export type FleetSortKey = 'attention' | 'name' | 'peak' | 'cuts' | 'saved' | 'net' | 'end';
type FleetGroupKey = 'agent' | 'model' | 'policy';
export type FleetFilter = 'all' | 'attention' | 'open';

/** What a reader asks of the list of sessions. */
export type FleetQuery = {
  readonly text: string;
  readonly filter: FleetFilter;
  readonly sort: { readonly by: FleetSortKey; readonly isDescending: boolean };
  readonly group: FleetGroupKey | undefined;
};

/** What needs attention first. */
export const firstQuery: FleetQuery = {
  text: '',
  filter: 'all',
  sort: { by: 'attention', isDescending: true },
  group: undefined,
};

/** Sessions that share an agent, a model or a policy. Windows are separate, so that only counts are summed. */
export type FleetGroup = {
  readonly name: string;
  readonly rows: readonly FleetRow[];
  readonly compactions: number;
  readonly attention: number;
  readonly savedTokens: number;
};

/** A line of the list: a group's head, or a session. */
export type FleetLine =
  | { readonly kind: 'group'; readonly key: string; readonly group: FleetGroup }
  | { readonly kind: 'session'; readonly key: string; readonly row: FleetRow };

/** The lines that a query asks for, without the sessions of groups that are closed. */
export function fleetLines(
  rows: readonly FleetRow[],
  query: FleetQuery,
  closed: ReadonlySet<string>,
): readonly FleetLine[] {
  const shown = sorted(
    rows.filter((row) => fits(row, query)),
    query.sort,
  );
  if (query.group === undefined) return shown.map(lineOf);
  return groupsOf(shown, query.group).flatMap((group): readonly FleetLine[] => [
    { kind: 'group', key: `group ${group.name}`, group },
    ...(closed.has(group.name) ? [] : group.rows.map(lineOf)),
  ]);
}

/** The order that is asked for first, or the other way round. */
export function nextSort(sort: FleetQuery['sort'], by: FleetSortKey): FleetQuery['sort'] {
  if (sort.by === by) return { by, isDescending: !sort.isDescending };
  return { by, isDescending: by !== 'name' };
}

/** Counts over sessions, for a sentence. */
export function totalsOf(rows: readonly FleetRow[]): Omit<FleetGroup, 'name' | 'rows'> {
  return {
    compactions: sum(rows, ({ digest }) => digest?.compactions ?? 0),
    attention: rows.filter((row) => attentionOf(row).length > 0).length,
    savedTokens: sum(rows, ({ digest }) => digest?.savedTokens ?? 0),
  };
}

function lineOf(row: FleetRow): FleetLine {
  return { kind: 'session', key: row.id, row };
}

function fits(row: FleetRow, { text, filter }: FleetQuery): boolean {
  if (filter === 'attention' && attentionOf(row).length === 0) return false;
  if (filter === 'open' && row.isOpen !== true) return false;
  const words = text.trim().toLowerCase();
  return (
    words === '' ||
    [row.id, row.name, ...row.agents, ...row.models, row.policy ?? '']
      .join('\n')
      .toLowerCase()
      .includes(words)
  );
}

/** What is not told comes last, whichever way; what is equal stands with the latest first. */
function sorted(rows: readonly FleetRow[], { by, isDescending }: FleetQuery['sort']): readonly FleetRow[] {
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keys[by](row) }))
    .toSorted((a, b) => compare(a.key, b.key, sign) || (b.row.end ?? 0) - (a.row.end ?? 0))
    .map(({ row }) => row);
}

const keys: Record<FleetSortKey, (row: FleetRow) => number | string | undefined> = {
  attention: urgency,
  name: ({ name, id }) => `${name} ${id}`,
  peak: ({ digest }) => digest?.peakRatio,
  cuts: ({ digest }) => digest?.compactions,
  saved: ({ digest }) => digest?.savedTokens,
  net: ({ net }) => net?.amount,
  end: ({ end }) => end,
};

function compare(a: number | string | undefined, b: number | string | undefined, sign: 1 | -1): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b));
}

function groupsOf(rows: readonly FleetRow[], by: FleetGroupKey): readonly FleetGroup[] {
  const groups = new Map<string, FleetRow[]>();
  for (const row of rows) {
    const name = groupNames[by](row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups].map(([name, members]) => ({ name, rows: members, ...totalsOf(members) }));
}

/** A session of several agents is one line all the same. */
const groupNames: Record<FleetGroupKey, (row: FleetRow) => string> = {
  agent: ({ agents }) => (agents.length === 0 ? 'agent not told' : agents.join(', ')),
  model: ({ models }) => (models.length === 0 ? 'model not told' : models.join(', ')),
  policy: ({ policy }) => policy ?? 'policy not told',
};

function sum(rows: readonly FleetRow[], countOf: (row: FleetRow) => number): number {
  return rows.reduce((total, row) => total + countOf(row), 0);
}
