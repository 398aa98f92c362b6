import { describe, expect, it } from 'vitest';
import type { Counter } from './counter.ts';
import { chat } from './dialects/chat-dialect.ts';
import { createInspector } from './inspector.ts';
import { conversation } from './testing/conversation.ts';

const items = conversation([{ user: 'a', calls: [{ tool: 'read', output: 'b' }], answer: 'c' }]);

function countingInspector() {
  let calls = 0;
  const counter: Counter = { name: 'test', basis: 'estimate', count: (text) => ((calls += 1), text.length) };
  return { inspector: createInspector(chat, counter, 'protected'), calls: () => calls };
}

describe('an item', () => {
  it('is counted once, however often it is sent again, copied or not', () => {
    const { inspector, calls } = countingInspector();
    for (let round = 0; round < 3; round += 1) {
      for (const item of items) {
        inspector.inspect(item);
        inspector.inspect(structuredClone(item));
      }
    }
    expect(calls()).toBe(items.length);
  });

  it('has the same digest in every copy, and another when anything in it changes', () => {
    const { inspector } = countingInspector();
    const [first = {}] = items;
    expect(inspector.inspect(structuredClone(first)).id).toBe(inspector.inspect(first).id);
    expect(inspector.inspect({ ...first, content: 'A' }).id).not.toBe(inspector.inspect(first).id);
    expect(inspector.inspect({ ...first, more: 1 }).id).not.toBe(inspector.inspect(first).id);
  });
});
