import type { Media } from '../media/media.ts';
import { fieldsOf, stringOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';
import { jsonText } from './json-text.ts';
import { mediaKindOf, mediaOf } from './media-of.ts';

export type Content = {
  readonly text: string;
  readonly mediaCount: number;
  /** What is known of each; absent where there is none. */
  readonly media?: readonly Media[];
};

/** The content of a message or the output of a tool: a text, one part, or a list of parts, of any format. */
export function readContent(content: unknown): Content {
  return Array.isArray(content) ? joinContents(content.map(readPart)) : readPart(content);
}

export function joinContents(contents: readonly Content[]): Content {
  const media = contents.flatMap((content) => content.media ?? []);
  return {
    text: joinTexts(contents.map(({ text }) => text)),
    mediaCount: media.length,
    ...(media.length === 0 ? {} : { media }),
  };
}

/** A text and the pictures and files beside it. */
export function contentOf(text: string, media: readonly Media[]): Content {
  return { text, mediaCount: media.length, ...(media.length === 0 ? {} : { media }) };
}

/** What there is, a line each. */
export function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

function readPart(part: unknown): Content {
  const fields = fieldsOf(part);
  const kind = mediaKindOf(fields);
  if (kind !== undefined) return readMedia(kind, fields);
  switch (fields.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'reasoning_text':
    case 'summary_text':
      return contentOf(stringOf(fields.text), []);
    case 'refusal':
      return contentOf(stringOf(fields.refusal), []);
    default:
      return contentOf(jsonText(part), []);
  }
}

/** A sound may bring what was said in it; a document may be nothing but text. */
function readMedia(kind: Media['kind'], fields: Fields): Content {
  const source = fieldsOf(fields.source);
  if (source.type === 'text') return contentOf(stringOf(source.data), []);
  if (source.type === 'content') return readContent(source.content);
  return contentOf(kind === 'audio' ? stringOf(fields.transcript) : '', [mediaOf(kind, fields)]);
}
