import type { RunRecord, SummaryRecord } from '@clew/semconv';
import { createRandom, type Random } from './random.ts';
import { createItemScript, type ItemScript, type SimulatedItem } from './simulated-item.ts';
import { createSpanRecorder, type Form, type SpanRecorder } from './span-recorder.ts';

/** A believable session of a coding agent. Everything has a default; the same script gives the same spans. */
export type SessionScript = {
  readonly sessionId?: string;
  readonly seed?: number;
  readonly calls?: number;
  readonly callsPerTurn?: number;
  /** Epoch milliseconds. */
  readonly start?: number;
  /** Tokens. */
  readonly limit?: number;
  readonly form?: Form;
  readonly agent?: string;
  readonly basis?: RunRecord['tokens']['basis'];
  /** The nth compaction is made without the summariser, which failed. 0 for none. */
  readonly fallbackAt?: number;
  /** The nth compaction is first tried in vain. 0 for none. */
  readonly timeoutBefore?: number;
  /** After the last call a compaction begins, and its end never arrives. */
  readonly isUnfinished?: boolean;
  /** Whether the runs tell of the cache, of retention and, by prices of 1 and 0.1 a million tokens, of cost. */
  readonly isMeasured?: boolean;
};

/** Tokens outside the list of items. */
export const fixed = { system: 1_840, developer: 410, tools: 6_320 };

/** Where a simulated session stands. */
export type Simulation = {
  readonly script: Required<SessionScript>;
  readonly random: Random;
  readonly items: ItemScript;
  readonly recorder: SpanRecorder;
  readonly window: RunRecord['window'];
  /** Epoch milliseconds. */
  clock: number;
  traceId: string;
  /** The agent's span, which ends after everything in it. */
  rootId: string;
  rootStart: number;
  context: SimulatedItem[];
  summary: SummaryRecord | undefined;
  sequence: number;
  timeouts: number;
  gone: { summarized: number; dropped: number };
};

export function createSimulation(script: SessionScript): Simulation {
  const full = { ...defaults, ...script };
  const random = createRandom(full.seed);
  const items = createItemScript(random);
  const { limit } = full;
  const simulation: Simulation = {
    script: full,
    random,
    items,
    recorder: createSpanRecorder({ traceId: () => simulation.traceId, random, form: full.form }),
    window: { limit, reserve: 1_500, trigger: Math.round(limit * 0.85), target: Math.round(limit * 0.4) },
    clock: full.start,
    traceId: random.hex(32),
    rootId: random.hex(16),
    rootStart: full.start,
    context: [...items.opening()],
    summary: undefined,
    sequence: 0,
    timeouts: 0,
    gone: { summarized: 0, dropped: 0 },
  };
  return simulation;
}

/** Lets time pass; returns the span of it. */
export function pass(
  simulation: Simulation,
  millis: number,
): { readonly start: number; readonly end: number } {
  const start = simulation.clock;
  simulation.clock += millis;
  return { start, end: simulation.clock };
}

export function sumTokens(items: readonly { readonly tokens: number }[]): number {
  return items.reduce((total, item) => total + item.tokens, 0);
}

/** Tokens of the next prompt. */
export function promptTokens({ context }: Simulation): number {
  return sumTokens(context) + fixed.system + fixed.developer + fixed.tools;
}

const defaults = {
  sessionId: 'session-1',
  seed: 7,
  calls: 60,
  callsPerTurn: 6,
  start: Date.UTC(2026, 10, 20, 9, 30),
  limit: 128_000,
  form: 'otel',
  agent: 'coder',
  basis: 'tokenizer',
  fallbackAt: 3,
  timeoutBefore: 2,
  isUnfinished: false,
  isMeasured: false,
} as const satisfies Required<SessionScript>;
