import type { SpanEvent } from './ariadne-event.ts';

/** Shorter texts are ids, names and sentences: cutting them saves little and breaks much. */
const minTextBytes = 256;
const originalBytesKey = 'compact.export.original_bytes';

/**
 * The event with the largest texts of its data cut, so that it takes at most `maxBytes` as JSON; marked with
 * `compact.export.truncated`. `undefined` where texts alone are not what makes it large.
 */
export function trimEvent(event: SpanEvent, maxBytes: number): SpanEvent | undefined {
  const originalBytes = event.data?.[originalBytesKey] ?? sizeOf(event);
  const sizes = textSizes(event.data);
  const marked = (data: SpanEvent['data']): SpanEvent => ({
    ...event,
    data: { ...data, 'compact.export.truncated': true, [originalBytesKey]: originalBytes },
  });
  const fixedBytes = sizeOf(marked(event.data)) - sizes.reduce((sum, size) => sum + size, 0);
  const textBytes = largestAllowed(sizes, maxBytes - fixedBytes);
  if (textBytes < minTextBytes) {
    return undefined;
  }
  return marked(cutTexts(event.data ?? {}, textBytes));
}

/** The size of one text at which all of them, cut to it, fit into `bytes` together: water finds its level. */
function largestAllowed(sizes: readonly number[], bytes: number): number {
  let room = bytes;
  const ascending = sizes.toSorted((left, right) => left - right);
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(room / (ascending.length - index));
    if (size > share) {
      return share;
    }
    room -= size;
  }
  return room < 0 ? 0 : Infinity;
}

function textSizes(value: unknown): readonly number[] {
  if (typeof value === 'string') {
    return [sizeOf(value)];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textSizes) : [];
}

function cutTexts(value: object, maxBytes: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cutMember(member, maxBytes)]));
}

function cutMember(value: unknown, maxBytes: number): unknown {
  if (typeof value === 'string') {
    return cut(value, maxBytes);
  }
  if (Array.isArray(value)) {
    return value.map((item) => cutMember(item, maxBytes));
  }
  return typeof value === 'object' && value !== null ? cutTexts(value, maxBytes) : value;
}

/** The head of a text, and how much is missing, in at most so many bytes of JSON. */
function cut(text: string, maxBytes: number): string {
  const bytes = sizeOf(text);
  if (bytes <= maxBytes) {
    return text;
  }
  let length = Math.floor((text.length * maxBytes) / bytes);
  for (;;) {
    const head = text.slice(0, Math.max(0, length)).replace(/[\uD800-\uDBFF]$/u, '');
    const shortened = `${head}… [${text.length - head.length} characters cut]`;
    const size = sizeOf(shortened);
    if (size <= maxBytes || length <= 0) {
      return shortened;
    }
    // Characters differ in bytes, so that the share that fits is found by coming closer to it.
    length = Math.floor((length * maxBytes) / size) - 1;
  }
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
