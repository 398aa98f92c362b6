import type { Outcome } from '@clew/semconv';
import { z } from 'zod';

const Latest = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  tokens: z.number(),
  limit: z.number().exactOptional(),
  trigger: z.number().exactOptional(),
  basis: z.string().exactOptional(),
});

/** How the context of a session stands, of all its runs: for a row of a list. Digests can be added. Tokens throughout. */
export const ContextDigest = z
  .object({
    calls: z.number().describe('Model calls that the engine prepared.'),
    fallbacks: z.number(),
    failures: z.number().describe('Attempts to compact that changed nothing.'),
    savedTokens: z.number().describe('Before less after, of every compaction.'),
    peakTokens: z.number().exactOptional().describe('The fullest that a prompt has been, before any cut.'),
    peakRatio: z.number().exactOptional().describe('The same, as a share of its window.'),
    latest: Latest.exactOptional().describe('What the latest call was sent, and its window.'),
  })
  .readonly();
export type ContextDigest = z.infer<typeof ContextDigest>;

/** Both together. In any order the result is the same. */
export function addContexts(
  a: ContextDigest | undefined,
  b: ContextDigest | undefined,
): ContextDigest | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const peakTokens = larger(a.peakTokens, b.peakTokens);
  const peakRatio = larger(a.peakRatio, b.peakRatio);
  const latest = later(a.latest, b.latest);
  return {
    calls: a.calls + b.calls,
    fallbacks: a.fallbacks + b.fallbacks,
    failures: a.failures + b.failures,
    savedTokens: a.savedTokens + b.savedTokens,
    ...(peakTokens !== undefined && { peakTokens }),
    ...(peakRatio !== undefined && { peakRatio }),
    ...(latest !== undefined && { latest }),
  };
}

/** What a run that was known before adds by what it says now: its counts once, its sizes as they are. */
export function contextChange(
  now: ContextDigest | undefined,
  before: ContextDigest | undefined,
): ContextDigest | undefined {
  if (now === undefined || before === undefined) return now;
  return {
    ...now,
    calls: now.calls - before.calls,
    fallbacks: now.fallbacks - before.fallbacks,
    failures: now.failures - before.failures,
    savedTokens: now.savedTokens - before.savedTokens,
  };
}

const changing: ReadonlySet<unknown> = new Set<Outcome>(['compacted', 'pruned_only', 'fallback', 'restored']);
const quiet: ReadonlySet<unknown> = new Set<Outcome>(['noop_below', 'noop_nothing', 'futile']);

type RunSpan = {
  readonly name?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly attrs: Readonly<Record<string, unknown>>;
};

/** What one span says: nothing unless it is a run whose record says how it ended. */
export function contextOf({ name, start, end, attrs }: RunSpan): ContextDigest | undefined {
  if (name !== 'compact.run') return undefined;
  const outcome = attrs['compact.outcome'] ?? attrs['outcome'];
  const before = count(attrs, 'tokens', 'before');
  const after = count(attrs, 'tokens', 'after');
  if (typeof outcome !== 'string' || before === undefined || after === undefined) return undefined;
  const limit = count(attrs, 'window', 'limit');
  const trigger = count(attrs, 'window', 'trigger');
  const basis = field(attrs, 'tokens', 'basis');
  const isChange = changing.has(outcome) || before !== after;
  return {
    calls: 1,
    fallbacks: Number(outcome === 'fallback'),
    failures: Number(!isChange && !quiet.has(outcome)),
    savedTokens: isChange && outcome !== 'restored' ? before - after : 0,
    peakTokens: before,
    ...(limit !== undefined && limit > 0 && { peakRatio: before / limit }),
    latest: {
      at: end ?? start ?? 0,
      tokens: after,
      ...(limit !== undefined && { limit }),
      ...(trigger !== undefined && { trigger }),
      ...(typeof basis === 'string' && { basis }),
    },
  };
}

/** A field of a record, under its dotted OTel key or within the record as Ariadne carries it. */
function field(attrs: RunSpan['attrs'], group: string, name: string): unknown {
  const flat = attrs[`compact.${group}.${name}`];
  if (flat !== undefined) return flat;
  const nested = attrs[group];
  return typeof nested === 'object' && nested !== null
    ? Object.entries(nested).find(([key]) => key === name)?.[1]
    : undefined;
}

function count(attrs: RunSpan['attrs'], group: string, name: string): number | undefined {
  const value = field(attrs, group, name);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

type Latest = z.infer<typeof Latest>;

/** Of two at the same time the one that says more tokens: which one matters less than that it is always the same. */
function later(a: Latest | undefined, b: Latest | undefined): Latest | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const order = a.at - b.at || a.tokens - b.tokens || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return order > 0 ? a : b;
}
