/** A span's key: ids of spans are unique only within their trace. */
export function spanKey(traceId: string, id: string): string {
  return `${traceId}/${id}`;
}
