import protobuf from 'protobufjs';

/** The answers of OTLP's trace service. */
const source = `
syntax = "proto3";

message ExportTraceServiceResponse { PartialSuccess partial_success = 1; }
message PartialSuccess { int64 rejected_spans = 1; string error_message = 2; }

message RpcStatus { int32 code = 1; string message = 2; }
`;

const { root } = protobuf.parse(source);
const Response = root.lookupType('ExportTraceServiceResponse');
const RpcStatus = root.lookupType('RpcStatus');

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
