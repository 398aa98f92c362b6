import type { CompactObserver, RunObserver, RunStart, Step } from '@clew/core';
import type { Attributes, Meter } from '@opentelemetry/api';
import { MetricName } from './metric-name.ts';
import { quietly } from './quietly.ts';

export type MetricsObserverOptions = { readonly meter: Meter };

type Instruments = ReturnType<typeof createInstruments>;

/**
 * Counts the engine's runs. Attributes are closed sets (trigger, strategy, outcome, method): no session, no model
 * and no number of tokens is ever one.
 */
export function createMetricsObserver({ meter }: MetricsObserverOptions): CompactObserver {
  const instruments = quietly(() => createInstruments(meter));
  return { start: (run) => countRun(run, instruments) };
}

function createInstruments(meter: Meter) {
  return {
    runs: meter.createCounter(MetricName.runs, {
      unit: '{run}',
      description: 'Preflights and manual calls, also those that compacted nothing.',
    }),
    duration: meter.createHistogram(MetricName.duration, {
      unit: 's',
      description: 'How long a run held the model call up, the summary included.',
      advice: { explicitBucketBoundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120] },
    }),
    tokensReclaimed: meter.createCounter(MetricName.tokensReclaimed, {
      unit: '{token}',
      description: 'Tokens by which runs made the next prompt smaller.',
    }),
    summaryTokens: meter.createHistogram(MetricName.summaryTokens, {
      unit: '{token}',
      description: 'The size of summaries.',
      advice: { explicitBucketBoundaries: [64, 128, 256, 512, 1024, 1536, 2048, 4096, 8192] },
    }),
  };
}

/** A summary of a part goes into the next one: only the last is in force. */
function isStage({ part }: Extract<Step, { name: 'summary_created' }>): boolean {
  return part !== undefined && part.number < part.count;
}

function countRun(run: RunStart, instruments: Instruments | undefined): RunObserver {
  let strategy: string | undefined;

  const tell = (step: Step) => {
    if (step.name === 'trigger_decision') strategy = step.policy.strategy;
    if (step.name !== 'summary_created' || isStage(step)) return;
    const attributes = { 'compact.strategy': step.strategy, 'compact.method': step.method };
    quietly(() => instruments?.summaryTokens.record(step.summary.tokens, attributes));
  };

  return {
    tell,
    within: async (work) => {
      const settled = await work();
      tell(settled.step);
      return settled;
    },
    end: ({ trigger, outcome, tokens }, endedAt) => {
      const attributes: Attributes = {
        'compact.trigger': trigger,
        'compact.outcome': outcome,
        ...(strategy === undefined ? {} : { 'compact.strategy': strategy }),
      };
      const reclaimed = tokens.before - tokens.after;
      quietly(() => instruments?.runs.add(1, attributes));
      quietly(() => instruments?.duration.record(Math.max(0, endedAt - run.startedAt) / 1000, attributes));
      if (reclaimed > 0) quietly(() => instruments?.tokensReclaimed.add(reclaimed, attributes));
    },
  };
}
