import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import { isShallow } from '../is-shallow.ts';
import { decodeTraceRequest, encodePartialSuccess, encodeRpcStatus } from './otlp-proto.ts';
import { OtlpRequest } from './otlp-request.ts';

type OtlpParse =
  | { readonly ok: true; readonly value: OtlpRequest }
  | { readonly ok: false; readonly reason: string };

type Bytes = string | Uint8Array<ArrayBuffer>;

/** One of the two forms of OTLP/HTTP: how a request is read, and how it is answered. */
export interface OtlpFormat {
  readonly contentType: string;
  parse(bytes: Uint8Array): OtlpParse;
  /** The body of a success; it tells of the spans that were rejected, by the reasons given. */
  success(rejected: readonly string[]): Bytes;
  /** The body of a refusal: a google.rpc.Status. */
  refusal(code: number, message: string): Bytes;
}

/** The format that a Content-Type names. */
export function otlpFormat(contentType: string | undefined): OtlpFormat | undefined {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  return [json, proto].find((format) => format.contentType === mediaType);
}

const json: OtlpFormat = {
  contentType: 'application/json',
  parse: (bytes) =>
    read('JSON', () => {
      const parsed = parseJson(bytes);
      if (parsed === undefined) throw new Error('It is not JSON.');
      return parsed.value;
    }),
  success: (rejected) =>
    rejected.length === 0
      ? '{}'
      : JSON.stringify({
          partialSuccess: { rejectedSpans: String(rejected.length), errorMessage: summarize(rejected) },
        }),
  refusal: (code, message) => JSON.stringify({ code, message }),
};

const proto: OtlpFormat = {
  contentType: 'application/x-protobuf',
  parse: (bytes) => read('protobuf', () => decodeTraceRequest(bytes)),
  success: (rejected) =>
    rejected.length === 0 ? new Uint8Array() : encodePartialSuccess(rejected.length, summarize(rejected)),
  refusal: encodeRpcStatus,
};

function read(form: string, decode: () => unknown): OtlpParse {
  try {
    const decoded = decode();
    if (!isShallow(decoded)) return { ok: false, reason: 'The request is nested too deeply.' };
    const parsed = OtlpRequest.safeParse(decoded);
    if (parsed.success) return { ok: true, value: parsed.data };
    return { ok: false, reason: `Expected an ExportTraceServiceRequest. ${z.prettifyError(parsed.error)}` };
  } catch (error) {
    return { ok: false, reason: `Expected an ExportTraceServiceRequest in ${form}. ${String(error)}` };
  }
}

/** Each reason once; a batch of ten thousand bad spans needs no more. */
function summarize(rejected: readonly string[]): string {
  return [...new Set(rejected)].slice(0, 5).join('; ');
}
