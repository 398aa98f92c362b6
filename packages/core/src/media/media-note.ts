import type { ItemView } from '../item-view.ts';
import type { Media } from './media.ts';

/** Names longer than this are cut: a name is the user's, and a note is short. */
const maxNameCharacters = 80;

/** A text, and what stands beside it for the pictures and files that go when the text is edited. */
export function textWithNotes({ text, media = [] }: Pick<ItemView, 'text' | 'media'>): string {
  return [text, ...media.map(mediaNote)].filter((line) => line !== '').join('\n');
}

/** What stands where a picture or a file was. */
export function mediaNote(media: Media): string {
  return `[cleared to save context: ${describe(media)}]`;
}

function describe({ kind, name, width, height, mediaType }: Media): string {
  const what = kind === 'image' ? 'a picture' : kind === 'audio' ? 'a sound' : `a ${kind}`;
  if (name !== undefined) return `${what}, ${name.replace(/\s+/gu, ' ').slice(0, maxNameCharacters)}`;
  if (width !== undefined && height !== undefined) return `${what} of ${width} x ${height} pixels`;
  return mediaType === undefined ? what : `${what}, ${mediaType}`;
}
