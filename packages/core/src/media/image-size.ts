import type { ByteReader } from './base64-bytes.ts';

export type ImageSize = { readonly width: number; readonly height: number };

/**
 * The size of a PNG, JPEG, GIF or WebP picture by its header: some 30 bytes are read, of a JPEG some ten for each
 * segment before the picture. `undefined` for any other format and for what is damaged.
 */
export function imageSize(bytes: ByteReader): ImageSize | undefined {
  const head = bytes.read(0, 30);
  const size = png(head) ?? gif(head) ?? webp(head) ?? (isJpeg(head) ? jpeg(bytes) : undefined);
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
}

type Bytes = readonly number[];

function png(head: Bytes): ImageSize | undefined {
  if (head.length < 24 || !isText(head, 1, 'PNG') || !isText(head, 12, 'IHDR')) return undefined;
  return { width: bigEndian(head, 16, 4), height: bigEndian(head, 20, 4) };
}

function gif(head: Bytes): ImageSize | undefined {
  return head.length >= 10 && isText(head, 0, 'GIF8')
    ? { width: littleEndian(head, 6, 2), height: littleEndian(head, 8, 2) }
    : undefined;
}

/** Lossy, lossless and extended pictures write their size in three ways. */
function webp(head: Bytes): ImageSize | undefined {
  if (head.length < 30 || !isText(head, 0, 'RIFF') || !isText(head, 8, 'WEBP')) return undefined;
  if (isText(head, 12, 'VP8 ')) {
    return { width: littleEndian(head, 26, 2) & 0x3fff, height: littleEndian(head, 28, 2) & 0x3fff };
  }
  if (isText(head, 12, 'VP8L')) {
    const bits = littleEndian(head, 21, 4);
    return { width: (bits & 0x3fff) + 1, height: (Math.floor(bits / 2 ** 14) & 0x3fff) + 1 };
  }
  return isText(head, 12, 'VP8X')
    ? { width: littleEndian(head, 24, 3) + 1, height: littleEndian(head, 27, 3) + 1 }
    : undefined;
}

function isJpeg(head: Bytes): boolean {
  return head[0] === 0xff && head[1] === 0xd8;
}

/** A picture has some ten segments; one that has more than this is not worth reading. */
const maxSegments = 500;

function jpeg(bytes: ByteReader): ImageSize | undefined {
  let offset = 2;
  for (let segment = 0; segment < maxSegments; segment += 1) {
    const head = bytes.read(offset, 9);
    const [start, marker = 0] = head;
    if (start !== 0xff || head.length < 9) return undefined;
    // A start of frame; C4, C8 and CC are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: bigEndian(head, 5, 2), width: bigEndian(head, 7, 2) };
    // A byte of filling stands alone.
    offset += marker === 0xff ? 1 : 2 + Math.max(2, bigEndian(head, 2, 2));
  }
  return undefined;
}

function isText(bytes: Bytes, offset: number, text: string): boolean {
  return Array.from(text).every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));
}

function bigEndian(bytes: Bytes, offset: number, count: number): number {
  return bytes.slice(offset, offset + count).reduce((value, byte) => value * 256 + byte, 0);
}

function littleEndian(bytes: Bytes, offset: number, count: number): number {
  return bytes.slice(offset, offset + count).reduceRight((value, byte) => value * 256 + byte, 0);
}
