import type { FleetRow } from '@clew/viewer';
import type { SessionEntry } from './host-api.ts';

/** A session that the host lists, as a row among all: without its spans there is no curve, but how full it is now. */
export function fleetRowOfEntry(entry: SessionEntry): FleetRow {
  const { id, agents, models, start, end, compactionCount = 0, context } = entry;
  return {
    id,
    name: titleOf(entry),
    agents,
    models,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(context !== undefined && digestOf(context, compactionCount)),
  };
}

/** Its trace's name; where it has only that of a span, its agent says more. */
function titleOf({ id, name, agents }: SessionEntry): string {
  return name === undefined || name.startsWith('invoke_agent') ? (agents[0] ?? name ?? id) : name;
}

function digestOf(
  { latest, ...counts }: NonNullable<SessionEntry['context']>,
  compactions: number,
): Pick<FleetRow, 'digest' | 'fullness'> {
  const { basis, tokens = 0, limit = 0, trigger } = latest ?? {};
  return {
    digest: { ...counts, compactions, ...(basis !== undefined && { basis }) },
    ...(limit > 0 && {
      fullness: { share: tokens / limit, ...(trigger !== undefined && { trigger: trigger / limit }) },
    }),
  };
}
