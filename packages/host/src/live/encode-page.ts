import type { FeedItem } from '../store/feed.ts';

/** One message as server-sent event text; nothing for one that the reader did not ask for. */
export type Encode = (item: FeedItem) => string;

const encoded = new WeakMap<readonly FeedItem[], Map<Encode, Uint8Array>>();

/** The bytes of a page. Readers who get the same page in the same form share them. */
export function encodePage(page: readonly FeedItem[], encode: Encode): Uint8Array {
  const forms = encoded.get(page) ?? new Map<Encode, Uint8Array>();
  encoded.set(page, forms);
  const known = forms.get(encode);
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(page.map(encode).join(''));
  forms.set(encode, bytes);
  return bytes;
}
