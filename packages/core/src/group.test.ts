import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { groupEntries } from './group.ts';
import type { ItemView } from './item-view.ts';

/** `u` user, `a` assistant message, `r` reasoning, `cX` call X, `oX` its output, `s` our summary. */
function entriesOf(shape: string): readonly Entry<unknown>[] {
  return shape.split(' ').map((word, ordinal) => {
    const id = word.slice(1);
    const kind = { u: 'message', a: 'message', s: 'message', r: 'reasoning', c: 'call', o: 'result' }[
      word.charAt(0)
    ] as ItemView['kind'];
    const role = word.startsWith('u') ? 'user' : word.startsWith('o') ? 'tool' : 'assistant';
    const view: ItemView = {
      kind,
      role,
      calls: kind === 'call' ? [id] : [],
      answers: kind === 'result' ? [id] : [],
      text: word,
      mediaCount: 0,
    };
    const mark = { isProtected: false, isSummary: word === 's' };
    return { item: word, view, id: `${ordinal}`, tokens: 10, category: 'other', ordinal, ...mark };
  });
}

const shapeOf = (shape: string) => {
  const entries = entriesOf(shape);
  return groupEntries(entries).groups.map(({ members }) =>
    members.map((index) => String(entries[index]?.item)).join(' '),
  );
};

describe('a group', () => {
  it.each([
    ['u a u', ['u', 'a', 'u']],
    ['u c1 o1 a', ['u', 'c1 o1', 'a']],
    ['c1 o1 c2 o2', ['c1 o1', 'c2 o2']],
    ['c1 c2 o2 o1 a', ['c1 c2 o2 o1', 'a']],
    ['u r c1 o1 r a u', ['u', 'r c1 o1', 'r a', 'u']],
    ['r a c1 c2 o1 o2', ['r a c1 c2 o1 o2']],
    ['a c1 o1', ['a', 'c1 o1']],
    ['s c1 o1', ['s', 'c1 o1']],
    ['c1 o1 c1 o1', ['c1 o1', 'c1 o1']],
  ])('holds together what may only leave together: %s', (shape, expected) => {
    expect(shapeOf(shape)).toEqual(expected);
  });

  it('is pending while one of its calls has no answer', () => {
    const { groups, defects } = groupEntries(entriesOf('c1 c2 o1'));
    expect(groups).toMatchObject([{ isPending: true, kind: 'tool', tokens: 30 }]);
    expect(defects).toEqual([]);
  });

  it.each([
    ['u o1', 'item 1 answers call 1, which no item before it opens'],
    ['o1 c1', 'item 0 answers call 1, which no item before it opens'],
    ['c1 u c1', 'item 2 opens call 1 again, which has no answer yet'],
  ])('cannot be made of %s, and says why', (shape, defect) => {
    expect(groupEntries(entriesOf(shape)).defects).toEqual([defect]);
  });
});
