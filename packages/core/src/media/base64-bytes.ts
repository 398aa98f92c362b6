/** Bytes that may be read at any place without decoding what is before it. */
export type ByteReader = {
  readonly length: number;
  /** Fewer bytes at the end, and none where the text is not base64. */
  readonly read: (offset: number, length: number) => readonly number[];
};

/** Four letters hold three bytes, so that any place of the text can be decoded by itself. */
export function base64Bytes(text: string): ByteReader {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = Math.max(0, Math.floor((text.length * 3) / 4) - padding);
  return {
    length,
    read: (offset, count) => {
      if (offset < 0 || offset >= length) return [];
      const first = Math.floor(offset / 3);
      const last = Math.ceil((offset + count) / 3);
      const bytes = decode(text.slice(first * 4, last * 4));
      return bytes.slice(offset - first * 3, offset - first * 3 + count);
    },
  };
}

function decode(text: string): readonly number[] {
  try {
    return Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return [];
  }
}
