import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const sdkTraceId = /^trace_([0-9a-f]{32})$/;
const invalidTraceId = '0'.repeat(32);

/**
 * The OTel trace id (32 hex digits) of an SDK trace: the SDK's own digits, or, where a user chose an id that is not
 * hexadecimal, the head of its hash. The same id gives the same answer in every process.
 */
export function otelTraceIdOf(traceId: string): string {
  const digits = sdkTraceId.exec(traceId)?.[1];
  if (digits !== undefined && digits !== invalidTraceId) return digits;
  return bytesToHex(sha256(utf8ToBytes(traceId)).subarray(0, 16));
}
