import { decode, isRecordName, type Issue, type RecordName, type RecordOf } from '@clew/semconv';
import { known } from './known.ts';
import { readText } from './read-attribute.ts';
import type { Span } from './span.ts';

/** A `compact.*` span with its record, by the record's name. */
export type CompactSpan = {
  [TName in RecordName]: {
    readonly name: TName;
    readonly span: Span;
    readonly record: RecordOf<TName>;
    /** The optional fields that were there and could not be read. */
    readonly issues: readonly string[];
  };
}[RecordName];

/** What a span is to the model: a step of a compaction, one that cannot be read, or something else of the agent's. */
export type Reading =
  | { readonly kind: 'compact'; readonly step: CompactSpan }
  | {
      readonly kind: 'unreadable';
      readonly span: Span;
      readonly runId?: string;
      readonly sessionId?: string;
      readonly issues: readonly string[];
    }
  | { readonly kind: 'other' };

const seen = new WeakMap<Span, Reading>();

/** Reads a span once: the same object is not decoded again. */
export function readSpan(span: Span): Reading {
  const earlier = seen.get(span);
  if (earlier !== undefined) return earlier;
  const reading = read(span);
  seen.set(span, reading);
  return reading;
}

function read(span: Span): Reading {
  const { name } = span;
  if (!isRecordName(name)) return { kind: 'other' };
  const decoded = decode(name, span.attrs);
  const issues = decoded.issues.map(words);
  if (decoded.ok) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the record was decoded by this very name
    return { kind: 'compact', step: { name, span, record: decoded.record, issues } as CompactSpan };
  }
  return {
    kind: 'unreadable',
    span,
    issues,
    ...known({
      runId: readText(span, 'compact.id') ?? readText(span, 'id'),
      sessionId: readText(span, 'compact.session_id') ?? readText(span, 'session_id'),
    }),
  };
}

function words({ path, message }: Issue): string {
  return path === '' ? message : `${path}: ${message}`;
}
