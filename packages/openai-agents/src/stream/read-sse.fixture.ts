export type ReadRecord = { readonly id: string; readonly event: string; readonly data: unknown };

/** Reads so many records, strictly by the form that we send, and then leaves. */
export async function readSse(stream: ReadableStream<Uint8Array>, most = Infinity): Promise<ReadRecord[]> {
  const records: ReadRecord[] = [];
  const reader = stream.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  while (records.length < most) {
    const { done, value } = await reader.read();
    if (done) return records;
    const parts = `${rest}${decoder.decode(value, { stream: true })}`.split('\n\n');
    rest = parts.pop() ?? '';
    records.push(...parts.filter((part) => !part.startsWith(':')).map(recordOf));
  }
  await reader.cancel();
  return records;
}

function recordOf(part: string): ReadRecord {
  const [, id = '', event = '', data = ''] = /^id: (\S+)\nevent: (\S+)\ndata: (.*)$/u.exec(part) ?? [];
  if (id === '') throw new Error(`Not one of our records: ${part}`);
  return { id, event, data: JSON.parse(data) as unknown };
}
