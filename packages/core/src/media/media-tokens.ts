import type { Media } from './media.ts';
import { imageTokens, usualImageSize } from './image-tokens.ts';

/** Of a PDF each page is sent as text and as a picture: Anthropic's guide says 1,500 to 3,000 for its text alone. */
const pageTokens = 3000;
/** What a page of a PDF takes on disk, very roughly: its pages can only be counted by decoding it. */
const pageBytes = 60_000;
/** The longest PDF that the providers take. */
const maxPages = 600;
/** Of other files the text is sent, at some four bytes to a token. */
const bytesPerToken = 4;
/** Google's guide says 32 a second, OpenAI's audio models count 10: between them, to the safe side. */
const tokensPerSecond = 25;
/** Of 16 bits at 24 kHz, as OpenAI takes it, and of an MP3 at 128 kbit/s. */
const bytesPerSecond = { wav: 48_000, other: 16_000 } as const;
/** Without its bytes: three pages, a minute. */
const defaults = { file: 3 * pageTokens, audio: 60 * tokensPerSecond, video: 60 * 263 } as const;

/** What the provider of a model counts for media, in its own tokens. Documented rules for pictures; else estimates. */
export function mediaTokens(model: string): (media: Media) => number {
  const image = imageTokens(model);
  return (media) => {
    const { kind, width, height, detail, byteCount } = media;
    switch (kind) {
      case 'image':
        return image.tokens(
          width === undefined || height === undefined ? usualImageSize : { width, height },
          detail,
        );
      case 'file':
        return byteCount === undefined ? defaults.file : fileTokens(byteCount, media.mediaType);
      case 'audio':
        return byteCount === undefined ? defaults.audio : audioTokens(byteCount, media.mediaType);
      case 'video':
        return defaults.video;
    }
  };
}

function fileTokens(byteCount: number, mediaType = 'application/pdf'): number {
  if (!mediaType.endsWith('pdf')) return Math.ceil(byteCount / bytesPerToken);
  return pageTokens * Math.min(maxPages, Math.max(1, Math.ceil(byteCount / pageBytes)));
}

function audioTokens(byteCount: number, mediaType = ''): number {
  const rate = /wav|pcm/iu.test(mediaType) ? bytesPerSecond.wav : bytesPerSecond.other;
  return Math.max(1, Math.ceil((byteCount / rate) * tokensPerSecond));
}
