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

/** What a reader gets of a page, and of before it. */
export type Chosen = { readonly past: readonly FeedItem[]; readonly present: readonly FeedItem[] };

/** What of it came before the page has no id: a reader that goes on from there would get everything since once more. */
export function encodeChosen({ past, present }: Chosen, encode: Encode): Uint8Array {
  const before = past.map((item) => encode(item).replace(/^id: \d+\n/, ''));
  return new TextEncoder().encode([...before, ...present.map(encode)].join(''));
}
