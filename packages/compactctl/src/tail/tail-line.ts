import { z } from 'zod';

/** A span as the host streams it, or an event as Ariadne does: what is shown of either. */
const Streamed = z.union([
  z.object({
    type: z.literal('span'),
    traceId: z.string(),
    name: z.string(),
    start: z.number().optional(),
    end: z.number().optional(),
    status: z.string().optional(),
    attrs: z.record(z.string(), z.unknown()).default({}),
  }),
  z
    .object({
      type: z.literal('span'),
      trace_id: z.string(),
      name: z.string().default(''),
      started_at: z.string().optional(),
      ended_at: z.string().optional(),
      status: z.string().optional(),
      data: z.record(z.string(), z.unknown()).default({}),
    })
    .transform(({ trace_id, started_at, ended_at, data, ...event }) => ({
      ...event,
      traceId: trace_id,
      start: millisOf(started_at),
      end: millisOf(ended_at),
      attrs: data,
    })),
]);
export type StreamedSpan = z.infer<typeof Streamed>;

/** Nothing where the data is no span, or not JSON. */
export function parseSpan(data: string): StreamedSpan | undefined {
  try {
    return Streamed.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

/** What a person wants to know first: decisions that changed something, and what went wrong. */
export function isNotable({ name, attrs, end }: StreamedSpan): boolean {
  if (name === 'compact.error' || name === 'compact.warning') return true;
  const outcome = attrs['outcome'] ?? attrs['compact.outcome'];
  return (
    name === 'compact.run' && end !== undefined && typeof outcome === 'string' && !outcome.startsWith('noop')
  );
}

/** `10:00:00.123 compact.run  Compacted 3.8k to 274 tokens …` */
export function lineOf({ name, attrs, start, end, status }: StreamedSpan): string {
  const at = end ?? start;
  const time = at === undefined ? ' '.repeat(12) : new Date(at).toISOString().slice(11, 23);
  const text = [
    name.padEnd(24),
    sentenceOf(attrs),
    status === 'error' ? '[error]' : '',
    end === undefined ? '…' : '',
  ];
  // What was said by others must not move a terminal's cursor or begin a line of its own.
  return `${time} ${text.filter((part) => part !== '').join(' ')}`
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trimEnd();
}

/** Ariadne's data brings a sentence; OTLP's attributes bring the figures of one. */
function sentenceOf(attrs: StreamedSpan['attrs']): string {
  const text = attrs['output_text'];
  if (typeof text === 'string') return text.split('\n')[0] ?? '';
  const [outcome, before, after] = ['outcome', 'tokens.before', 'tokens.after'].map(
    (key) => attrs[`compact.${key}`],
  );
  if (typeof outcome !== 'string') return '';
  const tokens =
    typeof before === 'number' && typeof after === 'number' ? `: ${before} to ${after} tokens` : '';
  return `${outcome}${tokens}`;
}

function millisOf(time: string | undefined): number | undefined {
  const millis = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(millis) ? undefined : millis;
}
