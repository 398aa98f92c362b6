import { mergeTraces } from './merge-traces.ts';
import { placeTrace, type TracePart } from './place-trace.ts';
import type { SessionParts } from './session.ts';
import { addVersion, type SpanVersions } from './span-versions.ts';
import type { Span, TraceInfo } from './span.ts';
import { traceFacts, type TraceFacts } from './trace-facts.ts';

type Trace = {
  readonly id: string;
  readonly versions: Map<string, SpanVersions>;
  readonly spans: Map<string, Span>;
  info: TraceInfo | undefined;
  facts: TraceFacts;
  parts: ReadonlyMap<string, TracePart>;
};

type Conversation = {
  /** Traces that name it, and by session those that name it together with the session. */
  readonly traces: Set<string>;
  readonly sessions: Map<string, Set<string>>;
};

type Added = { readonly spans: readonly Span[]; readonly traces: readonly TraceInfo[] };

/**
 * Which spans belong to which session, kept up to date. What is added costs time for its own traces and for the
 * sessions that they touch, however many others there are. It changes in place; the log of what was added lets it be
 * made again as it was at any earlier time.
 */
export class SessionIndex {
  readonly #traces = new Map<string, Trace>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #sessions = new Map<string, Set<string>>();
  readonly #log: Added[] = [];

  /** How much was added, to come back to. */
  get length(): number {
    return this.#log.length;
  }

  /** The index as it was at a length: itself, unless more was added since. */
  at(length: number): SessionIndex {
    if (length === this.#log.length) return this;
    const earlier = new SessionIndex();
    for (const { spans, traces } of this.#log.slice(0, length)) earlier.add(spans, traces);
    return earlier;
  }

  /** The sessions that are no longer what they were. */
  add(spans: readonly Span[], infos: readonly TraceInfo[]): ReadonlySet<string> {
    const dirty = new Set<Trace>();
    const added = { spans: [] as Span[], traces: [] as TraceInfo[] };
    for (const span of spans) {
      const trace = this.#trace(span.traceId);
      const before = trace.versions.get(span.id);
      const after = addVersion(before, span);
      if (after === before) continue;
      trace.versions.set(span.id, after);
      trace.spans.set(span.id, after.span);
      added.spans.push(span);
      dirty.add(trace);
    }
    for (const info of infos) {
      const trace = this.#trace(info.traceId);
      const merged = mergeTraces(trace.info, info);
      if (merged === trace.info) continue;
      trace.info = merged;
      added.traces.push(info);
      dirty.add(trace);
    }
    if (dirty.size === 0) return new Set();
    this.#log.push(added);
    for (const id of this.#join(dirty)) {
      const trace = this.#traces.get(id);
      if (trace !== undefined) dirty.add(trace);
    }
    return this.#place(dirty);
  }

  /** What a session is made of; nothing where no span and no trace belongs to it any more. */
  partsOf(sessionId: string): SessionParts | undefined {
    const parts = [...(this.#sessions.get(sessionId) ?? [])].flatMap(
      (traceId) => this.#traces.get(traceId)?.parts.get(sessionId) ?? [],
    );
    if (parts.length === 0) return undefined;
    return {
      spans: parts.flatMap((part) => part.spans),
      traces: parts.flatMap((part) => part.info ?? []),
      orphanCount: parts.reduce((sum, part) => sum + part.orphanCount, 0),
    };
  }

  #trace(id: string): Trace {
    const known = this.#traces.get(id);
    if (known !== undefined) return known;
    const trace: Trace = {
      id,
      versions: new Map(),
      spans: new Map(),
      info: undefined,
      facts: traceFacts([]),
      parts: new Map(),
    };
    this.#traces.set(id, trace);
    return trace;
  }

  /** Reads changed traces anew; gives the traces of conversations whose session is another one now. */
  #join(changed: ReadonlySet<Trace>): ReadonlySet<string> {
    const moved = new Set<string>();
    for (const trace of changed) {
      const before = trace.facts;
      trace.facts = traceFacts(trace.spans.values());
      for (const name of new Set([...before.conversations, ...trace.facts.conversations])) {
        const earlier = this.#sessionOf(name);
        this.#leave(name, trace.id);
        this.#enter(name, trace);
        if (this.#sessionOf(name) !== earlier)
          for (const id of this.#conversations.get(name)?.traces ?? []) moved.add(id);
      }
      const group = trace.info?.groupId;
      if (group !== undefined) this.#conversation(group).traces.add(trace.id);
    }
    return moved;
  }

  #conversation(name: string): Conversation {
    const known = this.#conversations.get(name) ?? { traces: new Set(), sessions: new Map() };
    this.#conversations.set(name, known);
    return known;
  }

  #leave(name: string, traceId: string): void {
    const known = this.#conversations.get(name);
    for (const [session, traces] of known?.sessions ?? []) {
      traces.delete(traceId);
      if (traces.size === 0) known?.sessions.delete(session);
    }
    known?.traces.delete(traceId);
  }

  #enter(name: string, { id, facts }: Trace): void {
    if (!facts.conversations.includes(name)) return;
    const known = this.#conversation(name);
    known.traces.add(id);
    for (const { conversation, session } of facts.joined) {
      if (conversation !== name) continue;
      const traces = known.sessions.get(session) ?? new Set();
      known.sessions.set(session, traces.add(id));
    }
  }

  /** Of several sessions the one that sorts first: any would do, so long as it is always the same. */
  #sessionOf(conversation: string): string {
    const sessions = this.#conversations.get(conversation)?.sessions.keys() ?? [];
    return [...sessions].toSorted()[0] ?? conversation;
  }

  #place(traces: ReadonlySet<Trace>): ReadonlySet<string> {
    const touched = new Set<string>();
    for (const trace of traces) {
      const before = trace.parts;
      trace.parts = placeTrace({ ...trace, traceId: trace.id }, (name) => this.#sessionOf(name));
      for (const id of new Set([...before.keys(), ...trace.parts.keys()])) {
        if (!isSame(before.get(id), trace.parts.get(id))) touched.add(id);
        const members = this.#sessions.get(id) ?? new Set();
        if (trace.parts.has(id)) this.#sessions.set(id, members.add(trace.id));
        else if (members.delete(trace.id) && members.size === 0) this.#sessions.delete(id);
      }
    }
    return touched;
  }
}

function isSame(a: TracePart | undefined, b: TracePart | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.orphanCount === b.orphanCount &&
    a.info === b.info &&
    a.spans.length === b.spans.length &&
    a.spans.every((span, index) => span === b.spans[index])
  );
}
