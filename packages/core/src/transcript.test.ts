import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from './shorten.ts';
import { itemLimit, renderTranscript } from './transcript.ts';
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

const tokensOf = ({ view }: Entry<unknown>) => Math.ceil(view.text.length / 3);
const rendered = (entries: readonly Entry<string>[], maxTokens: number) =>
  renderTranscript(entries, tokensOf, itemLimit(entries.map(tokensOf), maxTokens));

describe('a transcript', () => {
  it('shortens the longest items first, so that what people said stays whole', () => {
    const { text, ...counted } = rendered([entryOf('short', 0), entryOf('x'.repeat(9000), 1)], 1000);
    expect(text).toContain('## 1 user\nshort');
    expect(text).toMatch(/characters left out/u);
    expect(text.length).toBeLessThan(3200);
    expect(counted).toEqual({ shownTokens: 1000, shortenedCount: 1 });
  });

  it('is whole where it fits', () => {
    const { text } = rendered([entryOf('a', 0), entryOf('b', 1)], 1000);
    expect(text).toBe('## 1 user\na\n\n## 2 user\nb');
  });

  it('says where a picture is not shown', () => {
    const entry = entryOf('look', 0);
    const picture = { ...entry, view: { ...entry.view, mediaCount: 1 } };
    const bare = { ...entry, view: { ...entry.view, text: '', mediaCount: 2 } };
    expect(renderTranscript([picture, bare], tokensOf).text).toBe(
      '## 1 user\nlook\n[1 picture or file, not shown]\n\n## 1 user\n[2 pictures or files, not shown]',
    );
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
