import type { CompactObserver, CompactResult, RunObserver, RunStart, Step } from '@clew/core';
import { SpanName, toAriadneData } from '@clew/semconv';
import type { RecordName, RecordOf } from '@clew/semconv';
import { contentGate, runRecordOf, stepRecordOf } from '@clew/tracing';
import type { ContentGate, ContentOptions } from '@clew/tracing';
import { createCustomSpan, dispatchSpan, dispatchSpanStart } from '@openai/agents-core';
import type { CustomSpanData, Span } from '@openai/agents-core';
import { reporter } from '../safely.ts';
import { markMirrored } from './mirrored-spans.ts';

export type MirrorOptions = ContentOptions & {
  /** Told of what failed. Default: OTel's `diag`. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

type CustomSpan = Span<CustomSpanData>;
type Times = { readonly startedAt: number; readonly endedAt?: number };

/**
 * An observer that also writes each run of the engine as custom spans of the SDK, below its current span, for those
 * who look at traces in OpenAI's dashboard or in another tool that listens to the SDK. `data` is the record of the
 * span with one sentence for people; the ledger is left out. The bridge passes these spans over.
 *
 * Beware: the SDK's own exporter sends them to OpenAI.
 */
export function mirrorCompaction(options: MirrorOptions = {}): CompactObserver {
  const gate = contentGate(options);
  const report = reporter(options.onError, 'A compaction could not be mirrored');
  return { start: (run) => mirrorRun(run, gate, report) };
}

function mirrorRun(run: RunStart, gate: ContentGate, report: (error: unknown) => void): RunObserver {
  // Without a trace, and with tracing off, the SDK makes spans that do nothing.
  const span = newSpan(SpanName.run, run);
  dispatchSpanStart(span).catch(report);
  const tell = (step: Step): void => {
    const { name, record } = stepRecordOf(run, step, gate);
    const child = newSpan(name, step, span);
    child.spanData.data = dataOf(name, record);
    if (step.name === 'error') child.setError({ message: step.errorType });
    dispatchSpan(child).catch(report);
  };
  return {
    tell,
    within: async (work) => {
      const settled = await work();
      tell(settled.step);
      return settled;
    },
    end: (result: CompactResult<unknown>) => {
      span.spanData.data = dataOf(SpanName.run, runRecordOf(run, result, { gate, ledgerRows: 0 }));
      span.end();
    },
  };
}

function newSpan(name: RecordName, { startedAt, endedAt }: Times, parent?: CustomSpan): CustomSpan {
  const span = createCustomSpan(
    {
      startedAt: new Date(startedAt).toISOString(),
      ...(endedAt !== undefined && { endedAt: new Date(endedAt).toISOString() }),
      data: { name },
    },
    parent,
  );
  markMirrored(span);
  return span;
}

/** Set on the span afterwards: the SDK writes out what a span begins with, for its log. */
function dataOf<TName extends RecordName>(name: TName, record: RecordOf<TName>): Record<string, unknown> {
  return { ...toAriadneData(name, record) };
}
