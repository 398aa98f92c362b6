import type { RecordedCall, Recording } from './recorded-calls.ts';

/** What of a policy is varied: shares of the window, and tokens of the recent past that never leave. */
export type Settings = {
  readonly triggerPct: number;
  readonly targetPct: number;
  readonly keepTokens: number;
};

export type SimulatedCall = {
  readonly position: number;
  readonly before: number;
  readonly after: number;
  readonly isCut: boolean;
};

/** A curve over the recorded calls, and what it comes to. Tokens. */
export type Simulation = {
  readonly calls: readonly SimulatedCall[];
  readonly cuts: number;
  /** Times that the trigger was reached and nothing could be gained. */
  readonly futile: number;
  /** Over all calls: what the provider would have read. */
  readonly sent: number;
  readonly peak: number;
  /** Calls whose prompt would have been over the window less its reserve. */
  readonly over: number;
};

/**
 * The recorded calls under another policy. Between two calls the context grows by what it grew by when it was recorded;
 * where it reaches the trigger, it shrinks to the target, or as near to it as recorded compactions came, and never below
 * what may not leave.
 */
export function simulatePolicy(recording: Recording, settings: Settings): Simulation {
  const calls: SimulatedCall[] = [];
  let futile = 0;
  let [recorded, simulated] = [0, 0];
  for (const call of recording.calls) {
    const grown = Math.max(call.floor, simulated + call.before - recorded);
    const before = Math.max(0, grown);
    const isDue = before >= triggerTokens(call, settings);
    const after = isDue ? landed(before, call, settings, recording) : before;
    const isCut = after < before;
    if (isDue && !isCut) futile += 1;
    calls.push({ position: call.position, before, after, isCut });
    recorded = call.after;
    simulated = after;
  }
  return { ...sums(calls, recording.calls), calls, futile };
}

/** What was recorded, in the same form. */
export function asRecorded({ calls }: Recording): Simulation {
  const same = calls.map(({ position, before, after }) => ({
    position,
    before,
    after,
    isCut: after < before,
  }));
  return { ...sums(same, calls), calls: same, futile: 0 };
}

/** The share of the window, and never above what the reserve leaves. */
export function triggerTokens({ limit, reserve }: RecordedCall, { triggerPct }: Settings): number {
  return Math.min(Math.floor(limit * triggerPct), limit - reserve);
}

function landed(before: number, call: RecordedCall, settings: Settings, recording: Recording): number {
  const target = Math.min(Math.floor(call.limit * settings.targetPct), triggerTokens(call, settings));
  const least = call.floor + settings.keepTokens + recording.summary;
  return Math.min(before, Math.max(least, Math.round(target * recording.landing)));
}

function sums(
  calls: readonly SimulatedCall[],
  recorded: readonly RecordedCall[],
): Pick<Simulation, 'cuts' | 'sent' | 'peak' | 'over'> {
  return {
    cuts: calls.filter(({ isCut }) => isCut).length,
    sent: calls.reduce((total, { after }) => total + after, 0),
    peak: calls.reduce((most, { before }) => Math.max(most, before), 0),
    over: calls.filter(({ after }, at) => {
      const { limit, reserve } = recorded[at] ?? { limit: Infinity, reserve: 0 };
      return after > limit - reserve;
    }).length,
  };
}
