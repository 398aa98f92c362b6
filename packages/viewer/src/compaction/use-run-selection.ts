import type { Model, Session } from '@clew/trace-model';
import { useCallback } from 'react';
import type { TraceHost } from '../plugin/trace-host.ts';
import { placeOf, spanOfRun } from './span-place.ts';

/** The host's selection as the id of a run, and how to choose another: views speak of runs, hosts of spans. */
export function useRunSelection(
  model: Model,
  host: TraceHost,
  session: Session | undefined,
): readonly [string | undefined, (runId: string | undefined) => void] {
  const { selection } = host;
  const selected = selection === undefined ? undefined : placeOf(model, selection)?.call?.id;
  const select = useCallback(
    (runId: string | undefined) => {
      if (session === undefined) return;
      host.select(runId === undefined ? undefined : spanOfRun(session, runId));
    },
    [host, session],
  );
  return [selected, select];
}
