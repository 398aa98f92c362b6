/**
 * An id of so many bytes in lower-case hex, from hex as OTLP/JSON writes it, or from base64 as protobuf's own
 * JSON mapping does. Their lengths differ, so one is never taken for the other. All zeros is no id.
 */
export function toHexId(id: string, bytes: 8 | 16): string | undefined {
  const hex = id.length === bytes * 2 ? id.toLowerCase() : Buffer.from(id, 'base64').toString('hex');
  const valid = hex.length === bytes * 2 && /^[0-9a-f]+$/.test(hex) && /[^0]/.test(hex);
  return valid ? hex : undefined;
}
