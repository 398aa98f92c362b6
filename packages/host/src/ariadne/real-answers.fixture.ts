import { gzipSync } from 'node:zlib';

/** A request, and what the real Ariadne (its API at commit 284187b) answered to it. */
export type RealAnswer = {
  readonly what: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent without a declared length. */
  readonly isChunked?: boolean;
  readonly status: number;
  /** The keys of its answer, and the count where there is one. */
  readonly keys: readonly string[];
  readonly count?: number;
  /** Where the host answers otherwise, on purpose: its status, and why. */
  readonly ours?: { readonly status: number; readonly why: string };
};

const span = { type: 'span', trace_id: 't', span_id: 's' };
const trace = { type: 'trace', trace_id: 't' };
const taken = { status: 200, keys: ['count', 'success'] } as const;
const invalid = { status: 400, keys: ['details', 'error'] } as const;
const failed = { status: 500, keys: ['error', 'message'] } as const;
const tooLarge = { status: 413, keys: ['error', 'message'] } as const;
const misuse = { status: 400, why: 'A 500 says "try again", and this never gets better.' };
const at = (time: string): object => ({ ...span, started_at: time });

function sized(bytes: number): string {
  const frame = JSON.stringify({ ...span, data: { texts: [''] } }).length;
  return JSON.stringify({ ...span, data: { texts: ['x'.repeat(bytes - frame)] } });
}

export const realAnswers: readonly RealAnswer[] = [
  { what: 'a span', body: span, ...taken, count: 1 },
  { what: 'a trace', body: trace, ...taken, count: 1 },
  { what: 'a batch of both', body: { batch: [trace, span] }, ...taken, count: 2 },
  { what: 'an empty batch', body: { batch: [] }, ...taken, count: 0 },
  { what: 'a batch beside other keys', body: { batch: [span], sent: 1 }, ...taken, count: 1 },
  { what: 'the same span twice', body: { batch: [span, span] }, ...taken, count: 2 },
  { what: 'keys that nobody knows', body: { ...span, links: [1], timestamp: 1 }, ...taken, count: 1 },
  { what: 'no content type', body: span, headers: { 'content-type': '' }, ...taken, count: 1 },
  { what: 'another content type', body: span, headers: { 'content-type': 'text/plain' }, ...taken, count: 1 },
  {
    what: 'every field',
    body: {
      ...span,
      parent_id: 'p',
      kind: 'k',
      name: 'n',
      started_at: '2025-01-01T00:00:00Z',
      ended_at: '2025-01-01T00:00:01.5Z',
      data: { a: [1, { b: null }] },
      status: 'error',
    },
    ...taken,
    count: 1,
  },
  {
    what: 'metadata of texts',
    body: { ...trace, group_id: 'g', metadata: { user: 'u' } },
    ...taken,
    count: 1,
  },
  { what: 'an empty parent', body: { ...span, parent_id: '' }, ...taken, count: 1 },
  { what: 'an empty name', body: { ...span, name: '' }, ...taken, count: 1 },
  { what: 'nanoseconds', body: at('2025-01-01T00:00:00.123456789Z'), ...taken, count: 1 },
  { what: 'a time without milliseconds', body: at('2025-01-01T00:00:00Z'), ...taken, count: 1 },
  { what: 'a time without seconds', body: at('2025-01-01T00:00Z'), ...taken, count: 1 },
  { what: 'a long name', body: { ...span, name: 'n'.repeat(5000) }, ...taken, count: 1 },
  { what: 'a long text', body: { ...span, data: { text: 'x'.repeat(110_000) } }, ...taken, count: 1 },
  { what: 'exactly the limit', body: sized(262_144), ...taken, count: 1 },
  { what: 'one byte more', body: sized(262_145), ...tooLarge },
  {
    what: 'a chunked body over the limit',
    body: sized(1_200_000),
    isChunked: true,
    ...taken,
    count: 1,
    ours: { status: 413, why: 'The limit holds whether the length is declared or not.' },
  },
  { what: 'a chunked body within it', body: sized(200_000), isChunked: true, ...taken, count: 1 },
  { what: 'a bare list', body: [span], ...invalid },
  { what: 'a list under another name', body: { events: [span] }, ...invalid },
  { what: 'an unknown type', body: { ...span, type: 'log' }, ...invalid },
  { what: 'no type', body: { trace_id: 't', span_id: 's' }, ...invalid },
  { what: 'no trace id', body: { type: 'span', span_id: 's' }, ...invalid },
  { what: 'an empty span id', body: { ...span, span_id: '' }, ...invalid },
  { what: 'a span id that is a number', body: { ...span, span_id: 3 }, ...invalid },
  { what: 'a parent that is null', body: { ...span, parent_id: null }, ...invalid },
  { what: 'an offset for Z', body: at('2025-01-01T00:00:00+00:00'), ...invalid },
  { what: 'a local time', body: at('2025-01-01T00:00:00'), ...invalid },
  { what: 'a day alone', body: at('2025-01-01'), ...invalid },
  { what: 'a day that is not', body: at('2025-02-30T00:00:00Z'), ...invalid },
  { what: 'a time that is a number', body: { ...span, started_at: 1 }, ...invalid },
  {
    what: 'an end before the start',
    body: { ...at('2025-01-01T00:00:01Z'), ended_at: '2025-01-01T00:00:00Z' },
    ...invalid,
  },
  {
    what: 'an end before the start by less than a millisecond',
    body: { ...at('2025-01-01T00:00:00.0009Z'), ended_at: '2025-01-01T00:00:00.0001Z' },
    ...taken,
    count: 1,
  },
  { what: 'a third status', body: { ...span, status: 'unset' }, ...invalid },
  { what: 'metadata of numbers', body: { ...trace, metadata: { turns: 3 } }, ...invalid },
  { what: 'data that is a list', body: { ...span, data: [] }, ...taken, count: 1 },
  { what: 'data that is text', body: { ...span, data: 'text' }, ...taken, count: 1 },
  { what: 'data that is null', body: { ...span, data: null }, ...invalid },
  { what: 'data that is a number', body: { ...span, data: 5 }, ...taken, count: 1 },
  { what: 'one bad event in a batch', body: { batch: [span, { ...span, status: 1 }] }, ...invalid },
  { what: 'a batch of batches', body: { batch: [{ batch: [span] }] }, ...invalid },
  { what: 'a batch with null in it', body: { batch: [null] }, ...invalid },
  { what: 'a batch that is no list', body: { batch: span }, ...failed, ours: misuse },
  { what: 'a batch that is null', body: { batch: null }, ...failed, ours: misuse },
  { what: 'null', body: 'null', ...failed, ours: misuse },
  { what: 'a number', body: '7', ...failed, ours: misuse },
  { what: 'a text', body: '"text"', ...failed, ours: misuse },
  { what: 'an empty object', body: {}, ...invalid },
  { what: 'what is not JSON', body: '{"batch":', ...failed },
  { what: 'nothing', body: '', ...failed },
  { what: 'gzip', body: gzipSync(JSON.stringify(span)), headers: { 'content-encoding': 'gzip' }, ...failed },
  { what: 'a byte order mark', body: `\uFEFF${JSON.stringify(span)}`, ...taken, count: 1 },
  { what: 'a name that is a number', body: { ...span, name: 5 }, ...failed, ours: misuse },
];
