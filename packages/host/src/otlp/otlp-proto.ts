import protobuf from 'protobufjs';

/** The part of OTLP's trace service that is read and answered here; other fields on the wire are skipped. */
const source = `
syntax = "proto3";

message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message InstrumentationScope { string name = 1; string version = 2; }

message Span {
  bytes trace_id = 1;
  bytes span_id = 2;
  bytes parent_span_id = 4;
  string name = 5;
  int32 kind = 6;
  fixed64 start_time_unix_nano = 7;
  fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9;
  repeated Event events = 11;
  repeated Link links = 13;
  Status status = 15;
}
message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
message Link { bytes trace_id = 1; bytes span_id = 2; }
message Status { string message = 2; int32 code = 3; }

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

message ExportTraceServiceResponse { PartialSuccess partial_success = 1; }
message PartialSuccess { int64 rejected_spans = 1; string error_message = 2; }

message RpcStatus { int32 code = 1; string message = 2; }
`;

const { root } = protobuf.parse(source);
const Request = root.lookupType('ExportTraceServiceRequest');
const Response = root.lookupType('ExportTraceServiceResponse');
const RpcStatus = root.lookupType('RpcStatus');

/** The request as OTLP/JSON would have it, but for the ids, which are base64. Throws on bytes that are not OTLP. */
export function decodeTraceRequest(bytes: Uint8Array): unknown {
  return Request.toObject(Request.decode(bytes), { longs: String, bytes: String, json: true });
}

export function encodePartialSuccess(rejectedSpans: number, errorMessage: string): Uint8Array<ArrayBuffer> {
  return encode(Response, { partialSuccess: { rejectedSpans, errorMessage } });
}

/** A google.rpc.Status, the body of a refusal. */
export function encodeRpcStatus(code: number, message: string): Uint8Array<ArrayBuffer> {
  return encode(RpcStatus, { code, message });
}

function encode(type: protobuf.Type, fields: Record<string, unknown>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(type.encode(type.fromObject(fields)).finish());
}
