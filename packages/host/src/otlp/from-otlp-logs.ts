import { createHash } from 'node:crypto';
import { foreignEvents } from '@clew/trace-model';
import { cutAttributes } from '../cut-texts.ts';
import { millisOf } from '../source/nanos.ts';
import type { IncomingSpan } from '../store/incoming.ts';
import { toHexId } from './otlp-id.ts';
import { OtlpLogRecord, type OtlpLogsRequest } from './otlp-logs-request.ts';
import { readAttributes, type Fields } from './read-json-value.ts';

/**
 * The events of a request that tell of a compaction, as spans without length. Tools that have no spans (Claude Code,
 * Gemini CLI) tell of theirs so. Every other record is left: what people typed and tools answered is not kept here.
 */
export function fromOtlpLogs(request: OtlpLogsRequest, maxText: number): readonly IncomingSpan[] {
  return (request.resourceLogs ?? []).flatMap(({ resource, scopeLogs }) => {
    const service = attributesOf(resource?.attributes)['service.name'];
    return (scopeLogs ?? [])
      .flatMap((scope) => scope.logRecords ?? [])
      .flatMap((member) => {
        const { data } = OtlpLogRecord.safeParse(member);
        return data === undefined
          ? []
          : readEvent(data, typeof service === 'string' ? service : undefined, maxText);
      });
  });
}

function readEvent(
  record: OtlpLogRecord,
  service: string | undefined,
  maxText: number,
): readonly IncomingSpan[] {
  const attrs = cutAttributes(attributesOf(record.attributes), maxText);
  const name = nameOf(record, attrs['event.name']);
  if (name === undefined) return [];
  const session = attrs['session.id'];
  const at = millisOf(BigInt(record.timeUnixNano ?? record.observedTimeUnixNano ?? 0));
  const parentId = toHexId(record.spanId ?? '', 8);
  return [
    {
      type: 'span',
      // A session's events are one trace; the same event has the same ids however often it comes.
      traceId: toHexId(record.traceId ?? '', 16) ?? digest([name, session ?? attrs], 32),
      id: digest([name, String(record.timeUnixNano ?? ''), attrs], 16),
      ...(parentId !== undefined && { parentId }),
      name,
      ...(at > 0 && { start: at, end: at }),
      ...(service !== undefined && { service }),
      attrs,
      source: 'otlp',
    },
  ];
}

/** What cannot be read of an event is as if it were not there. */
function attributesOf(value: unknown): Fields {
  try {
    return readAttributes(value);
  } catch {
    return {};
  }
}

/** Tools put the name into the field for it, into the body, or into an attribute. */
function nameOf({ eventName, body }: OtlpLogRecord, attribute: unknown): string | undefined {
  const written = new Set<unknown>([eventName, body?.stringValue, attribute]);
  return foreignEvents.find((event) => written.has(event));
}

function digest(of: unknown, length: number): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, length);
}
