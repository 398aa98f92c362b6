import { mediaNote } from '../media/media-note.ts';
import type { Media } from '../media/media.ts';
import { fieldsOf, isFields, stringOf } from './fields-of.ts';
import { mediaKindOf, mediaOf } from './media-of.ts';
import { joinTexts } from './read-content.ts';

/**
 * Content with a note in the place of each picture and file, as a part of this type; the same content where it has
 * none. A document that is nothing but text stays.
 */
export function clearedContent(content: unknown, textType: string): unknown {
  if (!Array.isArray(content)) return clearedPart(content, textType);
  const parts = content.map((part: unknown) => clearedPart(part, textType));
  return parts.every((part, index) => part === content[index]) ? content : parts;
}

function clearedPart(part: unknown, textType: string): unknown {
  const media = mediaIn(part);
  if (media === undefined) return part;
  // A mark for the provider's cache ends what is cached, whatever stands there.
  const { cache_control: cache, transcript } = fieldsOf(part);
  const text = joinTexts([mediaNote(media), stringOf(transcript)]);
  return { type: textType, text, ...(cache === undefined ? {} : { cache_control: cache }) };
}

/** The picture or file that a part holds, and not what its text says. */
function mediaIn(part: unknown): Media | undefined {
  const fields = fieldsOf(part);
  const kind = mediaKindOf(fields);
  const source = fieldsOf(fields.source).type;
  return kind === undefined || source === 'text' || source === 'content' ? undefined : mediaOf(kind, fields);
}

/** One white pixel, for where a format has a place for a picture and for nothing else. */
const blankPicture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==';

/** A screenshot without its picture. @param key the field that has the picture: `image_url`, or the SDK's `data` */
export function clearedScreenshot(output: unknown, key: string): unknown {
  if (!isFields(output) || output.type !== 'computer_screenshot' || output[key] === blankPicture)
    return output;
  const { file_id: _file, ...fields } = output;
  return { ...fields, [key]: blankPicture };
}

/** The item with its content replaced, or the same item where it is the same content. */
export function withContent(item: object, key: string, content: unknown): object {
  return content === fieldsOf(item)[key] ? item : { ...item, [key]: content };
}
