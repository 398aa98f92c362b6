import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** What a span takes in memory, in bytes, roughly: its texts at two bytes a character, and some for each entry. */
export function spanSize({ name, attributes, events, links, status }: ReadableSpan): number {
  const texts = 2 * (name.length + (status.message?.length ?? 0));
  return (
    spanBytes +
    texts +
    attributesSize(attributes) +
    events.reduce(
      (sum, event) => sum + entryBytes + 2 * event.name.length + attributesSize(event.attributes ?? {}),
      0,
    ) +
    links.reduce((sum, link) => sum + entryBytes + attributesSize(link.attributes ?? {}), 0)
  );
}

const spanBytes = 600;
const entryBytes = 64;

function attributesSize(attributes: Attributes): number {
  let size = 0;
  for (const [key, value] of Object.entries(attributes)) {
    size += entryBytes + 2 * key.length + valueSize(value);
  }
  return size;
}

function valueSize(value: AttributeValue | undefined): number {
  if (typeof value === 'string') {
    return 2 * value.length;
  }
  return Array.isArray(value)
    ? value.reduce<number>((sum, item) => sum + (typeof item === 'string' ? 16 + 2 * item.length : 8), 0)
    : 8;
}
