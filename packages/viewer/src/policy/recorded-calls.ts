import type { Call, Session } from '@clew/trace-model';

/** A call as it was recorded, in tokens, with what no policy takes out of it. */
export type RecordedCall = {
  readonly position: number;
  readonly before: number;
  readonly after: number;
  readonly limit: number;
  readonly reserve: number;
  /** Instructions, tool schemas and protected items. */
  readonly floor: number;
};

/** What is taken from the record and held while the policy is varied. */
export type Recording = {
  readonly calls: readonly RecordedCall[];
  /** Where the recorded compactions ended, as a share of their target: the median, or 1 where there was none. */
  readonly landing: number;
  readonly landings: number;
  /** Tokens of a summary: the median, or 0 where none was made. */
  readonly summary: number;
  /** Calls that told too little. */
  readonly left: number;
};

/** The recorded calls that a policy can be tried on; those that do not tell their size or window are left out. */
export function recordingOf({ calls, cuts }: Session): Recording {
  const told = calls.flatMap(recordedCall);
  const changed = cuts.filter((cut) => cut.kind === 'changed' && cut.outcome !== 'restored');
  const landings = changed.flatMap(({ after, call: { window } }) =>
    after === undefined || !window?.target ? [] : [after / window.target],
  );
  const summaries = changed.flatMap(({ summary }) => (summary?.isNew === true ? [summary.tokens] : []));
  return {
    calls: told,
    landing: median(landings) ?? 1,
    landings: landings.length,
    summary: median(summaries) ?? 0,
    left: calls.length - told.length,
  };
}

function recordedCall({ position, before, after, window }: Call): readonly RecordedCall[] {
  if (before === undefined || window === undefined) return [];
  const { system = 0, developer = 0, tools = 0, protected: held = 0 } = before.categories;
  return [
    {
      position,
      before: before.tokens,
      after: after?.tokens ?? before.tokens,
      limit: window.limit,
      reserve: window.reserve ?? 0,
      floor: system + developer + tools + held,
    },
  ];
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
