import {
  GenAi,
  records,
  SCHEMA_VERSION,
  toAriadneData,
  toAttributes,
  type RecordName,
  type RecordOf,
} from '@clew/semconv';
import { Span } from '../span.ts';
import type { Random } from './random.ts';

/** How the spans were sent: with flat OTel attributes, or as Ariadne events with nested data. */
export type Form = 'otel' | 'ariadne';

type Placed = {
  readonly parentId?: string;
  readonly id?: string;
  readonly start: number;
  readonly end: number;
};

/** Collects spans as they would arrive, and refuses a record that its own schema refuses. */
export type SpanRecorder = {
  readonly newId: () => string;
  readonly compact: <TName extends RecordName>(name: TName, record: RecordOf<TName>, at: Placed) => void;
  readonly other: (name: string, attrs: Record<string, unknown>, at: Placed, links?: Span['links']) => void;
  /** In order of their ends. */
  readonly spans: () => readonly Span[];
};

export function createSpanRecorder(options: {
  readonly traceId: () => string;
  readonly random: Random;
  readonly form: Form;
  readonly service?: string;
}): SpanRecorder {
  const { random, form, service = 'checkout-agent' } = options;
  const recorded: Span[] = [];
  const newId = (): string => random.hex(16);
  const add = (name: string, attrs: Record<string, unknown>, at: Placed, more: Partial<Span> = {}): void => {
    recorded.push(
      Span.parse({
        traceId: options.traceId(),
        name,
        service,
        status: 'ok',
        attrs,
        ...at,
        id: at.id ?? newId(),
        ...more,
      }),
    );
  };
  return {
    newId,
    compact(name, record, at) {
      records[name].parse(record);
      const attrs =
        form === 'otel'
          ? { ...toAttributes(name, record), [GenAi.operationName]: 'compact' }
          : toAriadneData(name, record);
      add(name, attrs, at, {
        kind: form === 'otel' ? 'INTERNAL' : 'compaction',
        ...(name === 'compact.error' && { status: 'error' }),
      });
    },
    other: (name, attrs, at, links) => add(name, attrs, at, links && { links }),
    spans: () => recorded.toSorted((a, b) => (a.end ?? 0) - (b.end ?? 0)),
  };
}

/** The fields that every record of a run shares. */
export function recordBase(id: string, sessionId: string, callIndex: number): RecordBase {
  return { schema_version: SCHEMA_VERSION, id, session_id: sessionId, call_index: callIndex };
}

type RecordBase = Pick<RecordOf<RecordName>, 'schema_version' | 'id' | 'session_id' | 'call_index'>;
