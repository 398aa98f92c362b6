import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64Bytes } from './base64-bytes.ts';
import { imageSize } from './image-size.ts';

type Make = (width: number, height: number) => readonly number[];

const text = (value: string) => Array.from(value).map((letter) => letter.charCodeAt(0));
const big = (value: number, count: number) =>
  Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** (count - 1 - index)) % 256);
const little = (value: number, count: number) => big(value, count).toReversed();
const filler = (count: number) => Array.from({ length: count }, (_, index) => (index * 37) % 251);
const segment = (marker: number, body: readonly number[]) => [
  0xff,
  marker,
  ...big(body.length + 2, 2),
  ...body,
];
const riff = (chunk: string, body: readonly number[]) => [
  ...text('RIFF'),
  ...little(4 + body.length, 4),
  ...text('WEBP'),
  ...text(chunk),
  ...body,
];

const headers: Readonly<Record<string, Make>> = {
  png: (width, height) => [
    0x89,
    ...text('PNG'),
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...big(13, 4),
    ...text('IHDR'),
    ...big(width, 4),
    ...big(height, 4),
    ...filler(40),
  ],
  gif: (width, height) => [...text('GIF89a'), ...little(width, 2), ...little(height, 2), ...filler(40)],
  // An EXIF segment as a camera writes it, a table, and only then the frame.
  jpeg: (width, height) => [
    ...big(0xffd8, 2),
    ...segment(0xe1, filler(30_000)),
    ...segment(0xc4, filler(4)),
    ...segment(0xc2, [8, ...big(height, 2), ...big(width, 2), ...filler(10)]),
  ],
  'webp, lossy': (width, height) =>
    riff('VP8 ', [
      ...little(99, 4),
      ...little(0, 3),
      ...big(0x9d012a, 3),
      ...little(width, 2),
      ...little(height, 2),
      ...filler(9),
    ]),
  'webp, lossless': (width, height) =>
    riff('VP8L', [...little(99, 4), 0x2f, ...little(width - 1 + (height - 1) * 2 ** 14, 4), ...filler(30)]),
  'webp, extended': (width, height) =>
    riff('VP8X', [
      ...little(10, 4),
      ...little(0, 4),
      ...little(width - 1, 3),
      ...little(height - 1, 3),
      ...filler(9),
    ]),
};
const sides = fc.integer({ min: 1, max: 16_000 });
const encode = (bytes: readonly number[]) => btoa(String.fromCharCode(...bytes));

describe.each(Object.entries(headers))('the header of a picture: %s', (_format, make) => {
  test('tells its size', () => {
    fc.assert(
      fc.property(sides, sides, (width, height) => {
        const bytes = base64Bytes(encode(make(width, height)));
        expect(imageSize(bytes)).toEqual({ width, height });
      }),
      { numRuns: 30 },
    );
  });

  test('tells nothing where it is cut off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), (length) => {
        const bytes = base64Bytes(encode(make(640, 480).slice(0, length)));
        expect(imageSize(bytes)).toBeUndefined();
      }),
      { numRuns: 10 },
    );
  });
});

test('anything else has no size, and is read without a throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.constant('/9j/'.repeat(50))), (given) => {
      const size = imageSize(base64Bytes(given));
      expect(size === undefined || size.width > 0).toBe(true);
    }),
  );
});

test('base64 is read at any place as if it were decoded', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.nat(70),
      fc.nat(70),
      (bytes, offset, length) => {
        const reader = base64Bytes(encode([...bytes]));
        expect(reader.length).toBe(bytes.length);
        expect(reader.read(offset, length)).toEqual(Array.from(bytes.slice(offset, offset + length)));
      },
    ),
  );
});
