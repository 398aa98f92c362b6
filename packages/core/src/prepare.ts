import { calibrate } from './calibrate.ts';
import type { PreflightRequest } from './compactor.ts';
import type { Basis } from './counter.ts';
import type { Engine } from './engine.ts';
import { groupEntries } from './group.ts';
import type { Grouping } from './group.ts';
import { measure, weighFixed } from './measure.ts';
import type { Fixed, Measure } from './measure.ts';
import type { Inspected } from './inspector.ts';
import type { Window } from './result.ts';
import { resume } from './resume.ts';
import type { Resumed } from './resume.ts';
import type { SessionState } from './session-state.ts';
import { createWeigher } from './weigh.ts';
import type { Weigher } from './weigh.ts';
import { windowOf } from './window.ts';

/** The session as it stands before this call: what the model would see, and what that weighs. */
export type Prepared<TItem> = {
  readonly state: SessionState;
  readonly inspected: readonly Inspected<TItem>[];
  readonly resumed: Resumed<TItem>;
  readonly grouping: Grouping;
  readonly weigher: Weigher;
  readonly fixed: Fixed;
  readonly measure: Measure;
  readonly basis: Basis;
  readonly window: Window;
};

export function prepare<TItem>(
  engine: Engine<TItem>,
  stored: SessionState,
  request: Pick<PreflightRequest<TItem>, 'items' | 'instructions' | 'tools' | 'usage'>,
): Prepared<TItem> {
  const { inspector, policy, counter } = engine;
  const inspected = request.items.map((item) => inspector.inspect(item));
  const calibrated = calibrate(stored, request.usage);
  const flagged = inspected.filter(({ isFlagged }) => isFlagged).map(({ id }) => id);
  const state = {
    ...calibrated,
    calls: stored.calls + 1,
    protectedIds:
      flagged.length === 0 ? stored.protectedIds : [...new Set([...stored.protectedIds, ...flagged])],
  };
  const protectedIds = new Set(state.protectedIds);
  const roles = new Set<string>(policy.rolesNeverPrune);
  const resumed = resume({
    state,
    items: inspected,
    inspector,
    isProtected: ({ id, view, item }) =>
      protectedIds.has(id) ||
      (view.kind === 'message' && roles.has(view.role)) ||
      engine.isProtected(view, item),
  });
  const weigher = createWeigher(counter, state.scale);
  const fixed = weighFixed(createWeigher(engine.fixedCounter, state.scale), request);
  return {
    state,
    inspected,
    resumed,
    grouping: groupEntries(resumed.entries),
    weigher,
    fixed,
    measure: measure(resumed.entries, fixed),
    basis: state.isCalibrated ? 'provider' : counter.basis,
    window: windowOf(engine.maxContextTokens, policy),
  };
}
