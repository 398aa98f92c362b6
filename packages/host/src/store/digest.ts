import { z } from 'zod';
import { addContexts, ContextDigest } from '../context-digest.ts';

/** More names of one sort than this are not listed. */
const MAX_NAMES = 50;

const Title = z.object({
  /** 0 for a trace event's name, 1 for a root span's, 2 for another span's: the lowest gives the title. */
  rank: z.number(),
  /** Epoch milliseconds; of one rank, the earliest. */
  at: z.number(),
  text: z.string(),
});

const Names = z.array(z.string());

/** What a list shows of spans, whether they are one batch, a trace or a session. Digests can be added. */
export const Digest = z.object({
  spans: z.number(),
  errors: z.number(),
  compactions: z.number(),
  /** Epoch milliseconds of the first and the last thing known. */
  start: z.number().optional(),
  end: z.number().optional(),
  /** Of the ends alone; absent while nothing has ended. */
  ended: z.number().optional(),
  title: Title.optional(),
  services: Names,
  agents: Names,
  models: Names,
  context: ContextDigest.optional(),
});
export type Digest = z.infer<typeof Digest>;

export const emptyDigest: Digest = {
  spans: 0,
  errors: 0,
  compactions: 0,
  services: [],
  agents: [],
  models: [],
};

/** Both together. In any order the result is the same. */
export function addDigests(a: Digest, b: Digest): Digest {
  const start = extreme(Math.min, a.start, b.start);
  const end = extreme(Math.max, a.end, b.end);
  const ended = extreme(Math.max, a.ended, b.ended);
  const title = better(a.title, b.title);
  const context = addContexts(a.context, b.context);
  return {
    spans: a.spans + b.spans,
    errors: a.errors + b.errors,
    compactions: a.compactions + b.compactions,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(ended !== undefined && { ended }),
    ...(title !== undefined && { title }),
    services: union(a.services, b.services),
    agents: union(a.agents, b.agents),
    models: union(a.models, b.models),
    ...(context !== undefined && { context }),
  };
}

export function parseDigest(json: string): Digest {
  return Digest.parse(JSON.parse(json));
}

function extreme(
  pick: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  return a === undefined ? b : b === undefined ? a : pick(a, b);
}

type Title = z.infer<typeof Title>;

function better(a: Title | undefined, b: Title | undefined): Title | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const order = a.rank - b.rank || a.at - b.at;
  return order < 0 || (order === 0 && a.text <= b.text) ? a : b;
}

function union(a: readonly string[], b: readonly string[]): string[] {
  if (b.every((name) => a.includes(name))) return [...a];
  return [...new Set([...a, ...b])].toSorted().slice(0, MAX_NAMES);
}
