import type { FleetRow } from '@clew/viewer';
import type { SessionEntry } from './host-api.ts';

/** Sessions as the host lists them, as rows of the table of all sessions: what the host does not tell stays untold. */
export function fleetRows(entries: readonly SessionEntry[]): readonly FleetRow[] {
  return entries.map(rowOf);
}

function rowOf({ id, name, start, end, agents, models, context, compactionCount }: SessionEntry): FleetRow {
  const latest = context?.latest;
  return {
    id,
    name: name === undefined || name.startsWith('invoke_agent') ? (agents[0] ?? name ?? id) : name,
    agents,
    models,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(context !== undefined && {
      digest: {
        calls: context.calls,
        compactions: compactionCount ?? 0,
        fallbacks: context.fallbacks,
        failures: context.failures,
        savedTokens: context.savedTokens,
        ...(context.peakTokens !== undefined && { peakTokens: context.peakTokens }),
        ...(context.peakRatio !== undefined && { peakRatio: context.peakRatio }),
        ...(latest?.basis !== undefined && { basis: latest.basis }),
      },
    }),
    ...(latest?.limit !== undefined &&
      latest.limit > 0 && {
        fullness: {
          share: latest.tokens / latest.limit,
          ...(latest.trigger !== undefined && { trigger: latest.trigger / latest.limit }),
        },
      }),
  };
}
