import type { Session } from '@clew/trace-model';
import { useMemo, useState, type ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { exactTokens, formatCount, formatTokens } from '../format/tokens.ts';
import { plural } from '../words.ts';
import { numberIn } from './policy-field.ts';
import { recordingOf, type Recording } from './recorded-calls.ts';
import { asRecorded, simulatePolicy, type Settings } from './simulate-policy.ts';
import { WhatIfChart } from './what-if-chart.tsx';
import { WhatIfTable } from './what-if-table.tsx';

/** The recorded calls under another policy: simulated, said so, and with what it takes for granted. */
export function WhatIf({ session }: { readonly session: Session }): ReactNode {
  const recording = useMemo(() => recordingOf(session), [session]);
  const recorded = useMemo(() => recordedSettings(session, recording), [session, recording]);
  const [chosen, choose] = useState<Settings>();
  const settings = chosen ?? recorded;
  const simulated = useMemo(
    () => (settings === undefined ? undefined : simulatePolicy(recording, settings)),
    [recording, settings],
  );
  const asItWas = useMemo(() => asRecorded(recording), [recording]);
  if (recorded === undefined || settings === undefined || simulated === undefined) {
    return (
      <section className="clew-panel" aria-label="What if">
        <header className="clew-panel-head">
          <h2>What if</h2>
        </header>
        <p className="clew-hidden">
          Not told: without sizes, windows and a policy there is nothing to try another on.
        </p>
      </section>
    );
  }
  const limit = recording.calls.at(-1)?.limit ?? 0;
  return (
    <section className="clew-panel clew-what-if" aria-label="What if">
      <header className="clew-panel-head">
        <h2>
          What if <span className="clew-badge clew-simulated">SIMULATED</span>
        </h2>
        <button
          type="button"
          className="clew-button"
          disabled={chosen === undefined}
          onClick={() => choose(undefined)}
        >
          Back to the recorded policy
        </button>
      </header>
      <div className="clew-sliders">
        <Slider
          name="Trigger"
          value={settings.triggerPct}
          from={0.2}
          to={1}
          step={0.01}
          words={`${formatRatio(settings.triggerPct)} of the window`}
          onChange={(triggerPct) => choose({ ...settings, triggerPct })}
        />
        <Slider
          name="Target"
          value={settings.targetPct}
          from={0.05}
          to={1}
          step={0.01}
          words={`${formatRatio(settings.targetPct)} of the window`}
          onChange={(targetPct) => choose({ ...settings, targetPct })}
        />
        <Slider
          name="Keep"
          value={settings.keepTokens}
          from={0}
          to={Math.max(1, Math.floor(limit / 2))}
          step={Math.max(1, Math.round(limit / 200))}
          words={`${formatTokens(settings.keepTokens)} recent tokens at least`}
          title={exactTokens(settings.keepTokens)}
          onChange={(keepTokens) => choose({ ...settings, keepTokens })}
        />
      </div>
      <WhatIfChart recorded={asItWas} simulated={simulated} recording={recording} settings={settings} />
      <WhatIfTable
        recorded={asItWas}
        simulated={simulated}
        baseline={chosen === undefined ? undefined : simulatePolicy(recording, recorded)}
      />
      <ul className="clew-held" aria-label="What the simulation holds constant">
        {heldConstant(recording).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

function Slider({
  name,
  value,
  from,
  to,
  step,
  words,
  title,
  onChange,
}: {
  readonly name: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly words: string;
  readonly title?: string;
  readonly onChange: (value: number) => void;
}): ReactNode {
  return (
    <label className="clew-slider" title={title}>
      <span>
        {name} <strong>{words}</strong>
      </span>
      <input
        type="range"
        aria-label={name}
        aria-valuetext={words}
        min={from}
        max={to}
        step={step}
        value={value}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </label>
  );
}

/** The latest recorded policy, in the terms of the sliders. */
function recordedSettings({ runs }: Session, { calls }: Recording): Settings | undefined {
  const decision = runs.findLast((run) => run.decision !== undefined)?.decision;
  if (decision === undefined || calls.length === 0 || decision.window.limit === 0) return undefined;
  const { policy, window } = decision;
  return {
    triggerPct: policy.trigger_pct,
    targetPct: numberIn(policy, 'target_pct') ?? window.target / window.limit,
    keepTokens: numberIn(policy, 'keep_recent_tokens') ?? 0,
  };
}

function heldConstant({ calls, landing, landings, summary, left }: Recording): readonly string[] {
  return [
    `The same ${plural(calls.length, 'call')}, and between them the same growth in tokens: a model that had seen another context might have answered otherwise.`,
    landings === 0
      ? 'A compaction ends at its target, for none was recorded to learn from.'
      : `A compaction ends at ${formatRatio(landing)} of its target, the median of the ${formatCount(landings)} recorded, and never below instructions, tool schemas, protected items, what is kept${summary === 0 ? '' : ` and a summary of ${formatCount(summary)} tokens`}.`,
    'Only the threshold is asked: no cooldown, no thrash breaker, no cold cache, nobody who asks for a compaction.',
    ...(left === 0
      ? []
      : [`${plural(left, 'call')} that told no size or no window ${left === 1 ? 'is' : 'are'} left out.`]),
  ];
}
