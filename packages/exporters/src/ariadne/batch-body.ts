const head = Buffer.from('{"batch":[');
const comma = Buffer.from(',');
const tail = Buffer.from(']}');

/** What a batch takes besides its events and the comma behind each but the last. */
export const frameBytes = head.length + tail.length;

/** `{"batch":[…]}` of events that are bytes already: nothing is written down twice. */
export function batchBody(events: readonly Buffer[]): Buffer {
  return Buffer.concat([
    head,
    ...events.flatMap((event, index) => (index === 0 ? [event] : [comma, event])),
    tail,
  ]);
}
