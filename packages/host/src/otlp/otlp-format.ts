import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import { fromOtlp, type OtlpReading } from './from-otlp.ts';
import { encodePartialSuccess, encodeRpcStatus } from './otlp-proto.ts';
import { OtlpRequest } from './otlp-request.ts';
import { readProtoRequest } from './read-proto.ts';

type OtlpParse =
  | { readonly ok: true; readonly reading: OtlpReading }
  | { readonly ok: false; readonly reason: string };

type Bytes = string | Uint8Array<ArrayBuffer>;

/** One of the two forms of OTLP/HTTP: how a request is read, and how it is answered. */
export interface OtlpFormat {
  readonly contentType: string;
  /** Reads a request; texts of more than `maxText` UTF-16 units are cut. */
  parse(bytes: Uint8Array, maxText: number): OtlpParse;
  /** The body of a success; it tells of the spans that were rejected, by the reasons given. */
  success(rejected: readonly string[]): Bytes;
  /** The body of a refusal: a google.rpc.Status. */
  refusal(code: number, message: string): Bytes;
}

/** The format that a Content-Type names. */
export function otlpFormat(contentType: string | undefined): OtlpFormat | undefined {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  return [jsonFormat, protoFormat].find((format) => format.contentType === mediaType);
}

const EXPECTED = 'Expected an ExportTraceServiceRequest';

const jsonFormat: OtlpFormat = {
  contentType: 'application/json',
  parse(bytes, maxText) {
    const json = parseJson(bytes);
    if (json === undefined) return { ok: false, reason: `${EXPECTED} in JSON. It is not JSON.` };
    const parsed = OtlpRequest.safeParse(json.value);
    if (parsed.success) return { ok: true, reading: fromOtlp(parsed.data, maxText) };
    return { ok: false, reason: `${EXPECTED}. ${z.prettifyError(parsed.error)}` };
  },
  success: (rejected) =>
    rejected.length === 0
      ? '{}'
      : JSON.stringify({
          partialSuccess: { rejectedSpans: String(rejected.length), errorMessage: summarize(rejected) },
        }),
  refusal: (code, message) => JSON.stringify({ code, message }),
};

const protoFormat: OtlpFormat = {
  contentType: 'application/x-protobuf',
  parse(bytes, maxText) {
    try {
      return { ok: true, reading: readProtoRequest(bytes, maxText) };
    } catch (error) {
      return { ok: false, reason: `${EXPECTED} in protobuf. ${String(error)}` };
    }
  },
  success: (rejected) =>
    rejected.length === 0 ? new Uint8Array() : encodePartialSuccess(rejected.length, summarize(rejected)),
  refusal: encodeRpcStatus,
};

/** Each reason once; a batch of ten thousand bad spans needs no more. */
function summarize(rejected: readonly string[]): string {
  return [...new Set(rejected)].slice(0, 5).join('; ');
}
