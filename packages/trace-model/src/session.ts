import { GenAiCall } from '@clew/semconv';
import { assembleCall, type Call } from './call.ts';
import { assembleCut, cutKind, type Cut } from './cut.ts';
import { foreignOf, type ForeignCut } from './foreign/foreign-of.ts';
import { joinUsage } from './join-usage.ts';
import { known } from './known.ts';
import { readText } from './read-attribute.ts';
import { assembleRuns } from './assemble-runs.ts';
import type { Run } from './run.ts';
import type { Span, TraceInfo } from './span.ts';

/** `open`: a trace, a span or a run of it is known to have begun and not known to have ended. */
export type SessionState = 'open' | 'closed';

/** A conversation, or the part of it that one context window serves. */
export type Session = {
  readonly id: string;
  readonly name: string;
  readonly agents: readonly string[];
  readonly models: readonly string[];
  readonly traceIds: readonly string[];
  /** Epoch milliseconds of the first and the last thing known. */
  readonly start?: number;
  readonly end?: number;
  readonly state: SessionState;
  readonly runs: readonly Run[];
  readonly calls: readonly Call[];
  readonly cuts: readonly Cut[];
  /** Compactions that other tools tell of, as far as they do. */
  readonly foreign: readonly ForeignCut[];
  /** Every span of the session, in time order: none is lost, whether it has to do with compaction or not. */
  readonly spans: readonly Span[];
  /** Spans whose parent has not arrived: it is under way, or it was lost. */
  readonly orphanCount: number;
  /** `compact.*` spans that could not be read and name no run. */
  readonly issues: readonly string[];
};

export type SessionParts = {
  readonly spans: readonly Span[];
  readonly traces: readonly TraceInfo[];
  /** Spans whose parent has not arrived: children end first, so the parent is likely under way. */
  readonly orphanCount: number;
};

export function assembleSession(id: string, parts: SessionParts): Session {
  const spans = parts.spans.toSorted(inTime);
  const traces = parts.traces.toSorted(inTime);
  const { runs, issues } = assembleRuns(spans);
  const usages = joinUsage(runs, spans);
  const calls = runs.map((run, index) => assembleCall(run, index + 1, usages.get(run.id)));
  const isOpen =
    parts.orphanCount > 0 ||
    spans.some((span) => span.end === undefined) ||
    runs.some((run) => run.state === 'running') ||
    traces.some((trace) => trace.start !== undefined && trace.end === undefined);
  return {
    id,
    name: nameOf(id, spans, traces),
    agents: distinct([...calls.map((call) => call.agent), ...texts(spans, GenAiCall.agentName)]),
    models: distinct(calls.map((call) => call.model)),
    traceIds: distinct([...spans, ...traces].map((item) => item.traceId)),
    ...known(timesOf([...spans, ...traces])),
    state: isOpen ? 'open' : 'closed',
    runs,
    calls,
    cuts: cutsOf(runs, calls),
    foreign: foreignOf(spans, runs),
    spans,
    orphanCount: parts.orphanCount,
    issues,
  };
}

function cutsOf(runs: readonly Run[], calls: readonly Call[]): readonly Cut[] {
  let number = 0;
  return runs.flatMap((run, index) => {
    const kind = cutKind(run);
    const call = calls[index];
    if (kind === undefined || call === undefined) return [];
    // The engine's own number where it gave one: earlier compactions may lie before what was recorded here.
    if (kind === 'changed') number = run.record?.sequence ?? number + 1;
    return [
      assembleCut(run, kind, call, kind === 'changed' ? number : kind === 'running' ? number + 1 : undefined),
    ];
  });
}

function nameOf(id: string, spans: readonly Span[], traces: readonly TraceInfo[]): string {
  const named = traces.find((trace) => trace.name !== undefined && trace.name !== '');
  return (
    named?.name ?? texts(spans, GenAiCall.agentName)[0] ?? spans.find((span) => span.service)?.service ?? id
  );
}

function texts(spans: readonly Span[], key: string): readonly string[] {
  return spans.flatMap((span) => readText(span, key) ?? []);
}

function distinct(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

function timesOf(
  items: readonly { readonly start?: number | undefined; readonly end?: number | undefined }[],
): {
  start: number | undefined;
  end: number | undefined;
} {
  let start: number | undefined;
  let end: number | undefined;
  for (const time of items.flatMap((item) => [item.start, item.end])) {
    if (time === undefined) continue;
    start = Math.min(start ?? time, time);
    end = Math.max(end ?? time, time);
  }
  return { start, end };
}

type Timed = {
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly traceId: string;
  readonly id?: string;
};

/** By start, then end, then ids, so that the order never depends on arrival. */
function inTime(a: Timed, b: Timed): number {
  return (
    compare(a.start ?? Infinity, b.start ?? Infinity) ||
    compare(a.end ?? Infinity, b.end ?? Infinity) ||
    compare(a.traceId, b.traceId) ||
    compare(a.id ?? '', b.id ?? '')
  );
}

function compare<TValue extends string | number>(a: TValue, b: TValue): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
