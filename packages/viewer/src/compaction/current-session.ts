import type { Model, Session } from '@clew/trace-model';
import type { SpanRef } from '../plugin/trace-host.ts';
import { placeOf } from './span-place.ts';

/** The session of the chosen span; else the one that a view remembers; else the latest in which the engine ran. */
export function currentSession(
  model: Model,
  selection: SpanRef | undefined,
  remembered?: Session,
): Session | undefined {
  const chosen = selection === undefined ? undefined : placeOf(model, selection)?.session;
  if (chosen !== undefined && chosen.runs.length > 0) return chosen;
  return remembered ?? model.sessions.find(({ runs }) => runs.length > 0);
}
