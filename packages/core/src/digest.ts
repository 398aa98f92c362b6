import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { atOnce } from './in-slices.ts';

/** UTF-16 units to a step, which takes less than a millisecond. */
const unitsAtOnce = 65_536;

/** 128 bits of SHA-256, in hex: enough to name content, short enough to carry in every row. */
export function digestOf(text: string): string {
  return atOnce(digestInSteps(text));
}

/** The same, which stops for breath where the text is long. */
export function* digestInSteps(text: string): Generator<void, string> {
  if (text.length <= unitsAtOnce) return shortHex(sha256(utf8ToBytes(text)));
  const hash = sha256.create();
  for (let start = 0; start < text.length;) {
    const end = wholeCharacters(text, start + unitsAtOnce);
    hash.update(utf8ToBytes(text.slice(start, end)));
    start = end;
    yield;
  }
  return shortHex(hash.digest());
}

function shortHex(bytes: Uint8Array): string {
  return bytesToHex(bytes.subarray(0, 16));
}

/** Steps forward from the middle of a surrogate pair: its halves have no bytes of their own. */
function wholeCharacters(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index + 1 : index;
}
