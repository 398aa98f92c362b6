import { CompactError } from '@clew/core';
import type { RunStreamEvent } from '@openai/agents-core';
import { RunRawModelStreamEvent } from '@openai/agents-core';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { COMPACT_SOURCE } from './announce-compactions.ts';
import { readSse } from './read-sse.fixture.ts';
import type { ReadRecord } from './read-sse.fixture.ts';
import { SseReplay } from './sse-replay.ts';
import { sseOfRunEvent } from './sse-of-run-event.ts';
import { SseSource } from './sse-source.ts';
import { toSse } from './to-sse.ts';

const word = (delta: string) => new RunRawModelStreamEvent({ type: 'output_text_delta', delta });
const silent = new RunRawModelStreamEvent({ type: 'model', event: { type: 'response.created' } });
const compaction = new RunRawModelStreamEvent({
  type: 'model',
  event: { type: 'response.memory.compacted', run_id: 'r' },
  providerData: { rawModelEventSource: COMPACT_SOURCE },
});

async function* runOf(...events: readonly RunStreamEvent[]): AsyncGenerator<RunStreamEvent, void> {
  yield* events;
}

const text = async (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

describe('a run as server-sent events', () => {
  it('is what the standard says, with ids, and a record at the end', async () => {
    expect(await text(toSse(runOf(silent, word('He\nre'), compaction, compaction, word(' it is.'))))).toBe(
      [
        'id: 1\nevent: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"He\\nre"}',
        'id: 1.1\nevent: response.memory.compacted\ndata: {"type":"response.memory.compacted","run_id":"r"}',
        'id: 1.2\nevent: response.memory.compacted\ndata: {"type":"response.memory.compacted","run_id":"r"}',
        'id: 2\nevent: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":" it is."}',
        'id: 3\nevent: done\ndata: {"type":"done"}',
        '',
      ].join('\n\n'),
    );
  });

  it('says how long to wait before coming back, and that it is alive while nothing comes', async () => {
    let go = () => {};
    const run = async function* later() {
      await new Promise<void>((resolve) => (go = resolve));
      yield word('At last.');
    };
    const reader = toSse(run(), { heartbeatMillis: 5, retryMillis: 1500 }).getReader();
    const next = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toBe('retry: 1500\n\n');
    expect(await next()).toBe(': still here\n\n');
    expect(await next()).toBe(': still here\n\n');
    go();
    expect(await next()).toContain('At last.');
  });

  it('ends with the name of what went wrong, and not with its words', async () => {
    const run = async function* failing() {
      yield word('Well');
      throw new RangeError('the prompt was: secret');
    };
    const sent = await text(toSse(run()));
    expect(sent).toContain('id: 2\nevent: error\ndata: {"type":"error","error":{"name":"RangeError"}}\n\n');
    expect(sent).not.toContain('secret');
    const bad = toSse(runOf(word('a')), {
      encode: () => {
        throw new TypeError('no');
      },
    });
    expect(await text(bad)).toContain('TypeError');
  });

  it('asks the run for no more than the client reads', async () => {
    let given = 0;
    const run = async function* counted() {
      for (;;) {
        given += 1;
        yield word(String(given));
      }
    };
    const reader = toSse(run()).getReader();
    for (let read = 0; read < 3; read += 1) await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(given).toBe(3);
    await reader.cancel();
  });

  it.each(['cancels the body', 'aborts its request', 'has gone before'])(
    'gives the run up at once where the client %s',
    async (way) => {
      const cancelled: unknown[] = [];
      const run = {
        // As the SDK's: nothing comes, and it can be cancelled all the same.
        toStream: () => new ReadableStream({ cancel: (reason) => void cancelled.push(reason) }),
        [Symbol.asyncIterator]: () => runOf(),
      };
      const controller = new AbortController();
      const request = new AbortController();
      if (way === 'has gone before') request.abort('gone');
      const reader = toSse(run, { controller, signal: request.signal }).getReader();
      const read = reader.read();
      if (way === 'cancels the body') await reader.cancel('gone');
      else request.abort('gone');
      expect(await read).toEqual({ done: true, value: undefined });
      expect(cancelled).toEqual(['gone']);
      expect(controller.signal.aborted).toBe(true);
    },
  );
});

const Events = fc.array(fc.constantFrom('word', 'silent', 'compaction'), { maxLength: 30 });
const made = (kinds: readonly string[]) =>
  kinds.map((kind, index) => {
    if (kind === 'word') return word(`word ${index}`);
    return kind === 'silent' ? silent : compaction;
  });

it('is the same to the byte with and without compactions, to who passes them by', async () => {
  await fc.assert(
    fc.asyncProperty(Events, async (kinds) => {
      const records = (await text(toSse(runOf(...made(kinds))))).split(/(?<=\n\n)/u);
      const known = records.filter((record) => !record.includes('\nevent: response.memory.compacted\n'));
      // An event keeps its text, so that only what was left out differs.
      const without = made(kinds).filter((event) => event !== compaction);
      expect(known.join('')).toBe(await text(toSse(runOf(...without))));
    }),
  );
});

describe('a client that comes back', () => {
  it('goes on behind the last event that it has, wherever it was cut off, and misses and repeats nothing', async () => {
    await fc.assert(
      fc.asyncProperty(Events, fc.array(fc.nat(6), { maxLength: 12 }), async (kinds, cuts) => {
        const whole = await readSse(toSse(runOf(...made(kinds))));
        const replay = new SseReplay();
        const seen: ReadRecord[] = [];
        let stream: ReadableStream<Uint8Array> | undefined = toSse(runOf(...made(kinds)), {
          replay,
          runId: 'r',
        });
        for (const cut of [...cuts, Infinity]) {
          if (stream === undefined) break;
          seen.push(...(await readSse(stream, cut)));
          const back = replay.resume('r', seen.at(-1)?.id ?? '');
          expect(back.kind).not.toBe('lost');
          stream = back.kind === 'stream' ? back.stream : undefined;
        }
        expect(seen).toEqual(whole);
        expect(replay.resume('r', seen.at(-1)?.id ?? '').kind).toBe('over');
      }),
    );
  });

  it('is told so where what it missed has left the buffer, or nobody knows the run', async () => {
    const replay = new SseReplay({ maxRecords: 2 });
    await text(toSse(runOf(word('a'), word('b'), word('c')), { replay, runId: 'r' }));
    expect(replay.resume('r', '1').kind).toBe('lost');
    expect(replay.resume('r', '').kind).toBe('lost');
    expect(replay.resume('r', '3').kind).toBe('stream');
    expect(replay.resume('another', '1').kind).toBe('lost');
    expect([replay.has('r'), replay.has('another')]).toEqual([true, false]);
  });

  it('finds its run only for as long as it was said to wait', async () => {
    const controller = new AbortController();
    const replay = new SseReplay({ graceMillis: 20, maxRuns: 2 });
    const run = {
      toStream: () => new ReadableStream({ start: (given) => given.enqueue(word('a')) }),
      [Symbol.asyncIterator]: () => runOf(),
    };
    const first = await readSse(toSse(run, { replay, runId: 'r', controller }), 1);
    expect(first).toMatchObject([{ id: '1', event: 'response.output_text.delta' }]);
    const back = replay.resume('r', '1');
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(controller.signal.aborted).toBe(false);
    if (back.kind === 'stream') await back.stream.cancel();
    await vi.waitFor(() => expect(controller.signal.aborted).toBe(true));
    expect(replay.resume('r', '1').kind).toBe('lost');
  });

  it('is told so where its run was given up: what there is of it is not all', async () => {
    const source = new SseSource(runOf(word('a'), word('b')), {
      encode: sseOfRunEvent,
      limits: { maxRecords: 10, maxBytes: 1000 },
      graceMillis: 0,
      onAbandoned: () => {},
    });
    source.enter();
    await source.at(0);
    expect(source.behind('1')).toBe(1);
    source.leave('gone');
    expect(source.behind('1')).toBe('lost');
  });

  it('needs a name that no other run has, and limits that are some', () => {
    const replay = new SseReplay();
    const asked = (work: () => unknown) => {
      try {
        work();
        return undefined;
      } catch (error) {
        return CompactError.isInstance(error) ? error.code : error;
      }
    };
    expect(asked(() => toSse(runOf(), { replay }))).toBe('invalid_options');
    toSse(runOf(), { replay, runId: 'r' });
    expect(asked(() => toSse(runOf(), { replay, runId: 'r' }))).toBe('invalid_options');
    expect(asked(() => new SseReplay({ maxRecords: 0 }))).toBe('invalid_options');
  });
});
