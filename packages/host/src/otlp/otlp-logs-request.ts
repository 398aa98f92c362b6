import protobuf from 'protobufjs';
import { z } from 'zod';
import { isShallow } from '../is-shallow.ts';
import { parseJson } from '../parse-json.ts';

const Nanos = z.union([z.string().regex(/^\d{1,20}$/), z.int().nonnegative()]);

/** A log record in OTLP/JSON, as far as an event is told by it. Its attributes are read by themselves. */
export const OtlpLogRecord = z.object({
  timeUnixNano: Nanos.nullish(),
  observedTimeUnixNano: Nanos.nullish(),
  body: z.object({ stringValue: z.string().nullish() }).nullish().catch(undefined),
  attributes: z.unknown(),
  traceId: z.string().nullish(),
  spanId: z.string().nullish(),
  eventName: z.string().nullish(),
});
export type OtlpLogRecord = z.infer<typeof OtlpLogRecord>;

/** The envelope. Records are read one by one. */
const OtlpLogsRequest = z.object({
  resourceLogs: z
    .array(
      z.object({
        resource: z.object({ attributes: z.unknown() }).nullish(),
        scopeLogs: z.array(z.object({ logRecords: z.array(z.unknown()).nullish() })).nullish(),
      }),
    )
    .nullish(),
});
export type OtlpLogsRequest = z.infer<typeof OtlpLogsRequest>;

type Reading =
  | { readonly ok: true; readonly request: OtlpLogsRequest }
  | { readonly ok: false; readonly reason: string };

/** A request that brings log records, in the form that its Content-Type names. */
export function readLogsRequest(bytes: Uint8Array, contentType: string): Reading {
  const expected = 'Expected an ExportLogsServiceRequest';
  const decoded = contentType === 'application/json' ? parseJson(bytes)?.value : fromProto(bytes);
  if (!isShallow(decoded)) return { ok: false, reason: `${expected}. It is nested too deeply.` };
  const parsed = OtlpLogsRequest.safeParse(decoded);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, reason: `${expected}. ${z.prettifyError(parsed.error)}` };
}

/** The part of OTLP's log service that is read here; other fields on the wire are skipped. */
const source = `
syntax = "proto3";

message ExportLogsServiceRequest { repeated ResourceLogs resource_logs = 1; }
message ResourceLogs { Resource resource = 1; repeated ScopeLogs scope_logs = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeLogs { repeated LogRecord log_records = 2; }
message LogRecord {
  fixed64 time_unix_nano = 1;
  AnyValue body = 5;
  repeated KeyValue attributes = 6;
  bytes trace_id = 9;
  bytes span_id = 10;
  fixed64 observed_time_unix_nano = 11;
  string event_name = 12;
}
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue {
  oneof value {
    string string_value = 1;
    bool bool_value = 2;
    int64 int_value = 3;
    double double_value = 4;
    ArrayValue array_value = 5;
    KeyValueList kvlist_value = 6;
    bytes bytes_value = 7;
  }
}
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
`;

const Request = protobuf.parse(source).root.lookupType('ExportLogsServiceRequest');

/** The request as OTLP/JSON would have it, but for the ids, which are base64; nothing for what is none. */
function fromProto(bytes: Uint8Array): unknown {
  try {
    return Request.toObject(Request.decode(bytes), { longs: String, bytes: String, json: true });
  } catch {
    return undefined;
  }
}
