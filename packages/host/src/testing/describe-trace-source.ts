import { decode } from '@clew/semconv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostError } from '../host-error.ts';
import type { SessionFilter } from '../source/session-query.ts';
import type { SourcePage, SourceSpan, TraceSource } from '../source/trace-source.ts';
import { contractSession, hexId, type ContractSession } from './contract-session.ts';
import { listAll, readAll, textOf } from './read-source.ts';

export type TraceSourceUnderTest = {
  readonly source: TraceSource;
  /** Brings spans that have ended into the backend the way they usually come, and resolves when they can be read. */
  readonly write: (spans: readonly SourceSpan[]) => Promise<void>;
  readonly close?: () => Promise<void>;
};

const never = new AbortController().signal;

/**
 * What a reader relies on of a {@link TraceSource}, in tests: each implementation passes the same. The backend may
 * hold other things: every test brings ids and a service of its own.
 */
export function describeTraceSource(
  name: string,
  open: () => Promise<TraceSourceUnderTest>,
  { timeoutMillis = 20_000 }: { readonly timeoutMillis?: number } = {},
): void {
  describe(`${name}: the contract of a trace source`, { timeout: timeoutMillis }, () => {
    let tested: TraceSourceUnderTest;
    let source: TraceSource;
    let service: string;
    let at: number;
    beforeEach(async () => {
      tested = await open();
      ({ source } = tested);
      service = `contract-${hexId(8)}`;
      at = Math.floor(Date.now() / 1000) * 1000 - 80_000;
    });
    afterEach(async () => {
      await source.close();
      await tested.close?.();
    });

    async function write(...sessions: readonly ContractSession[]): Promise<void> {
      await tested.write(sessions.flatMap((session) => session.spans));
    }
    /** Sessions ten seconds apart, the newest first; not so old that a backend takes them for too late. */
    async function several(count: number): Promise<readonly ContractSession[]> {
      const sessions = Array.from({ length: count }, (_, index) =>
        contractSession({ service, start: at - index * 10_000 }),
      );
      await write(...sessions);
      return sessions;
    }

    it('has a name without a password', () => {
      expect(source.name).toMatch(/\w/);
      expect(source.name).not.toMatch(/password|secret/i);
    });

    it('lists the sessions of a service, newest first, each once, with what is known of them', async () => {
      const [first, second, third] = await several(3);
      const sessions = await listAll(source, { service });
      expect(sessions.map(({ id }) => id)).toEqual([first?.id, second?.id, third?.id]);
      expect(sessions[0]).toMatchObject({ agents: ['coder'], models: ['gpt-x'], services: [service] });
      expect(sessions[0]?.start).toBeCloseTo(at, 2);
      expect(sessions[0]?.end).toBeCloseTo(at + 900, 2);
      expect(sessions[0]?.compactionCount).toBe(1);
      if (source.capabilities.counts === 'exact')
        expect(sessions[0]).toMatchObject({ spanCount: 4, errorCount: 1 });
    });

    it('pages without a gap or a repeat', async () => {
      const written = await several(5);
      const sessions = await listAll(source, { service, limit: 2 });
      expect(sessions.map(({ id }) => id)).toEqual(written.map(({ id }) => id));
    });

    it('counts a span that came twice once', async () => {
      const session = contractSession({ service, start: at });
      await write(session);
      await write(session);
      const [entry] = await listAll(source, { service });
      expect(entry?.compactionCount).toBe(1);
      if (source.capabilities.counts === 'exact')
        expect(entry).toMatchObject({ spanCount: 4, errorCount: 1 });
    });

    it('finds by each filter that it names', async () => {
      const wanted = contractSession({ service, start: at, agent: 'Écrivain', model: 'claude-y' });
      const other = contractSession({ service, start: at - 40_000, outcome: 'noop_below' });
      await write(wanted, other);
      const found = async (filter: Record<string, unknown>): Promise<readonly string[]> =>
        (await listAll(source, { service, ...filter })).map(({ id }) => id);
      const filters: Record<Exclude<SessionFilter, 'service'>, readonly [unknown, readonly string[]]> = {
        text: [wanted.id.slice(3, -2).toUpperCase(), [wanted.id]],
        agent: ['Écrivain', [wanted.id]],
        model: ['claude-y', [wanted.id]],
        compacted: [true, [wanted.id]],
        from: [at - 20_000, [wanted.id]],
        to: [at - 20_000, [other.id]],
      };
      for (const [filter, [value, ids]] of Object.entries(filters)) {
        if (source.capabilities.filters.some((offered) => offered === filter))
          expect({ filter, ids: await found({ [filter]: value }) }).toEqual({ filter, ids });
        else await expect(found({ [filter]: value })).rejects.toMatchObject({ code: 'source_unsupported' });
      }
      expect(await found({ service: `${service}-other` })).toEqual([]);
    });

    it('takes a cursor of no page for a mistake of the caller', async () => {
      await expect(source.listSessions({ limit: 1, cursor: '!' }, never)).rejects.toMatchObject({
        code: 'source_query',
      });
    });

    it('reads a session whole, over all its traces, and nothing of another', async () => {
      const session = contractSession({ service, start: at, traces: 3, tools: 4 });
      await write(session, contractSession({ service, start: at }));
      const spans = await readAll(source, session.id);
      expect(keysOf(spans)).toEqual(keysOf(session.spans));
    });

    it('gives every span as it was sent', async () => {
      const session = contractSession({ service, start: at });
      await write(session);
      const read = new Map((await readAll(source, session.id)).map((span) => [span.id, span]));
      for (const sent of session.spans) {
        const { attrs, start, end, source: _, ...rest } = sent;
        const got = read.get(sent.id);
        expect(got).toMatchObject(rest);
        expect(got?.start).toBeCloseTo(start ?? 0, 2);
        expect(got?.end).toBeCloseTo(end ?? 0, 2);
        const { attributes } = source.capabilities;
        for (const [key, value] of Object.entries(attrs)) {
          if (key === 'otel.events')
            expect(got?.attrs[key]).toMatchObject([
              { name: 'exception', attrs: { 'exception.type': 'ENOENT' } },
            ]);
          else if (attributes === 'typed' || (attributes === 'scalars' && typeof value !== 'object'))
            expect(got?.attrs).toHaveProperty([key], value);
          else expect(textOf(got?.attrs[key])).toBe(textOf(value));
        }
      }
    });

    it('gives records that decode to what was recorded', async () => {
      const session = contractSession({ service, start: at });
      await write(session);
      const recordsOf = (spans: readonly SourceSpan[]): readonly unknown[] =>
        spans.filter((span) => span.name === 'compact.run').map((span) => decode('compact.run', span.attrs));
      expect(recordsOf(await readAll(source, session.id))).toEqual(recordsOf(session.spans));
    });

    it('reads a trace that two sessions share with either', async () => {
      const one = contractSession({ service, start: at });
      const two = contractSession({ service, start: at + 2000 });
      const shared = two.spans.map((span) => ({ ...span, traceId: one.traceIds[0] ?? '', links: [] }));
      await tested.write([...one.spans, ...shared]);
      const all = keysOf([...one.spans, ...shared]);
      expect(keysOf(await readAll(source, one.id))).toEqual(all);
      expect(keysOf(await readAll(source, two.id))).toEqual(all);
      expect((await listAll(source, { service })).map(({ id }) => id).toSorted()).toEqual(
        [one.id, two.id].toSorted(),
      );
    });

    it('takes a trace that names no session for one, under its own id', async () => {
      const [root] = contractSession({ service, start: at }).spans;
      if (root === undefined) throw new Error('a contract session has spans');
      await tested.write([root]);
      expect(await listAll(source, { service })).toMatchObject([{ id: root.traceId, compactionCount: 0 }]);
      expect(keysOf(await readAll(source, root.traceId))).toEqual(keysOf([root]));
    });

    it.each([
      'unknown',
      "' OR 1=1 --",
      '{x:String}',
      '"} || true',
      '../..',
      '\0',
      '%',
      'ü'.repeat(200),
      '" } && {',
    ])('reads nothing for the id %j', async (id) => {
      await several(1);
      expect(await readAll(source, id)).toEqual([]);
    });

    it('reads a session of 3,000 spans', async () => {
      const session = contractSession({ service, start: at, tools: 2997 });
      await write(session);
      expect(keysOf(await readAll(source, session.id))).toEqual(keysOf(session.spans));
    });

    it('rejects with the reason of a signal that is aborted', async () => {
      const session = contractSession({ service, start: at });
      await write(session);
      const reason = new Error('the reader went away');
      const signal = AbortSignal.abort(reason);
      await expect(source.listSessions({ limit: 1, service }, signal)).rejects.toBe(reason);
      await expect(readAll(source, session.id, signal)).rejects.toBe(reason);
    });

    it('follows what arrives until it is aborted', async () => {
      const session = contractSession({ service, start: at });
      await write(session);
      const controller = new AbortController();
      const pages = source.follow({ session: session.id }, controller.signal)[Symbol.asyncIterator]();
      if (source.capabilities.follow === 'none') {
        await expect(pages.next()).rejects.toMatchObject({ code: 'source_unsupported' });
        return;
      }
      const page = pages.next();
      const arrived = new Set<string>();
      let got: IteratorResult<SourcePage> | undefined;
      // A source that asks has to have looked once before: what it finds then is nothing new to it.
      for (let turn = 0; turn < 20 && got === undefined; turn += 1) {
        const late = contractSession({ service, start: at + 5000 + turn }).spans.slice(0, 1);
        const spans = late.map((span) => ({ ...span, traceId: session.traceIds[0] ?? '' }));
        await tested.write(spans);
        for (const key of keysOf(spans)) arrived.add(key);
        got = await Promise.race([page, pause(500)]);
      }
      const keys = keysOf(got?.value?.spans ?? []);
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((key) => !arrived.has(key))).toEqual([]);
      const reason = new Error('enough');
      const next = pages.next();
      controller.abort(reason);
      await expect(next).rejects.toBe(reason);
    });

    it('ends what is under way when it is closed, however often', async () => {
      const next =
        source.capabilities.follow === 'none'
          ? undefined
          : source.follow({}, never)[Symbol.asyncIterator]().next();
      const ended = next?.then(
        () => 'went on',
        () => 'ended',
      );
      await expect(source.close()).resolves.toBeUndefined();
      await expect(source.close()).resolves.toBeUndefined();
      if (ended !== undefined) await expect(ended).resolves.toBe('ended');
    });

    it('rejects with an error of the host', async () => {
      const error = await source
        .listSessions({ limit: 1, cursor: '' }, never)
        .catch((caught: unknown) => caught);
      expect(HostError.isInstance(error)).toBe(true);
    });
  });
}

function pause(millis: number): Promise<undefined> {
  return new Promise((done) => {
    setTimeout(() => done(undefined), millis);
  });
}

function keysOf(spans: readonly SourceSpan[]): readonly string[] {
  return [...new Set(spans.map((span) => `${span.traceId}/${span.id}`))].toSorted();
}
