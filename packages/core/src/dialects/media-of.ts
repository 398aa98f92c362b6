import { base64Bytes } from '../media/base64-bytes.ts';
import type { ByteReader } from '../media/base64-bytes.ts';
import { imageSize } from '../media/image-size.ts';
import type { Media } from '../media/media.ts';
import { fieldsOf, idOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';

const kinds: Readonly<Record<string, Media['kind']>> = {
  image: 'image',
  image_url: 'image',
  input_image: 'image',
  computer_screenshot: 'image',
  document: 'file',
  file: 'file',
  input_file: 'file',
  container_upload: 'file',
  audio: 'audio',
  input_audio: 'audio',
  video_url: 'video',
};

/** What kind of media a part of any format is, by its type; `undefined` for text and for what nobody knows. */
export function mediaKindOf({ type }: Fields): Media['kind'] | undefined {
  return typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
}

/** Pictures and files as the four formats write them: beside the type, or in one object below it. */
export function mediaOf(kind: Media['kind'], part: Fields): Media {
  const holders = [part, part.image_url, part.image, part.source, part.file, part.input_audio].map(fieldsOf);
  const given = (...keys: readonly string[]) =>
    idOf(...holders.flatMap((holder) => keys.map((key) => holder[key])));
  const content = contentOf(holders, part);
  const size = kind === 'image' && content !== undefined ? imageSize(content.bytes) : undefined;
  const detail = given('detail');
  const mediaType = content?.mediaType ?? given('media_type', 'mediaType', 'format');
  const name = given('filename', 'file_name', 'title');
  return {
    kind,
    ...size,
    ...(detail === undefined ? {} : { detail }),
    ...(content === undefined ? {} : { byteCount: content.bytes.length }),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(name === undefined ? {} : { name }),
  };
}

type Bytes = { readonly bytes: ByteReader; readonly mediaType?: string };

/** The bytes, where the item itself holds them: not behind a URL or an id. */
function contentOf(holders: readonly Fields[], part: Fields): Bytes | undefined {
  const held = holders.flatMap(({ data, file_data, url }) => [data, file_data, url]);
  for (const value of [...held, part.image_url, part.image, part.file, part.result]) {
    if (value instanceof Uint8Array) return { bytes: bytesOf(value) };
    const read = typeof value === 'string' ? readText(value) : undefined;
    if (read !== undefined) return read;
  }
  return undefined;
}

/** A data URL, or base64 by itself, which is longer than any id. */
function readText(text: string): Bytes | undefined {
  const head = /^data:([^;,]{0,100})[^,]{0,200};base64,/iu.exec(text.slice(0, 400));
  if (head !== null) {
    const [prefix, mediaType = ''] = head;
    return { bytes: base64Bytes(text.slice(prefix.length)), ...(mediaType === '' ? {} : { mediaType }) };
  }
  return text.length > 100 && /^[\w+/=-]+$/u.test(text.slice(0, 100))
    ? { bytes: base64Bytes(text) }
    : undefined;
}

function bytesOf(bytes: Uint8Array): ByteReader {
  return { length: bytes.length, read: (offset, count) => [...bytes.subarray(offset, offset + count)] };
}
