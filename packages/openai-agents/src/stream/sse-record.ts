/** One server-sent event, before it has an id. */
export type SseRecord = {
  /** What a client listens to. */
  readonly event: string;
  /** Anything that JSON can write. */
  readonly data: unknown;
};

const encoder = new TextEncoder();

/** What a client passes over: keeps what is between the two from closing a connection that seems idle. */
export const heartbeat = encoder.encode(': still here\n\n');

/** How long a client waits before it comes back. */
export function encodeRetry(millis: number): Uint8Array {
  return encoder.encode(`retry: ${Math.round(millis)}\n\n`);
}

/** A record in the form of the HTML standard. JSON has no line breaks of its own. */
export function encodeRecord({ event, data }: SseRecord, id: string): Uint8Array {
  const name = event.replace(/[\r\n]+/gu, ' ');
  return encoder.encode(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data) ?? 'null'}\n\n`);
}
