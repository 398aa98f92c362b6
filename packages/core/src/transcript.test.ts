import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from './shorten.ts';
import { renderTranscript } from './transcript.ts';
import type { Entry } from './entry.ts';

const entryOf = (text: string, ordinal: number): Entry<string> => ({
  item: text,
  view: { kind: 'message', role: 'user', calls: [], answers: [], text, mediaCount: 0 },
  id: `${ordinal}`,
  tokens: 1,
  category: 'user',
  isProtected: false,
  isSummary: false,
  ordinal,
});

describe('a transcript', () => {
  it('shortens the longest items first, so that what people said stays whole', () => {
    const text = renderTranscript([entryOf('short', 0), entryOf('x'.repeat(9000), 1)], 1000);
    expect(text).toContain('## 1 user\nshort');
    expect(text).toMatch(/characters left out/u);
    expect(text.length).toBeLessThan(3200);
  });

  it('is whole where it fits', () => {
    const text = renderTranscript([entryOf('a', 0), entryOf('b', 1)], 1000);
    expect(text).toBe('## 1 user\na\n\n## 2 user\nb');
  });
});

describe('a shortened text', () => {
  it('keeps head and tail, says what is missing, and splits no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 0, max: 200 }),
        (text, max) => {
          const short = shorten(text, max);
          if (text.length <= max) return short === text;
          const [head = '', tail = ''] = short.split(/\n\[… \d+ characters left out …\]\n/u);
          return (
            text.startsWith(head) &&
            text.endsWith(tail) &&
            head.length + tail.length <= max + 2 &&
            !/\p{Surrogate}/u.test(short)
          );
        },
      ),
    );
  });
});
