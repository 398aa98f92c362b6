import { describe, expect, it } from 'vitest';
import { castOf } from '../testing/entries.fixture.ts';
import {
  keepRecentItems,
  keepRecentPairsPerTool,
  keepRecentTokens,
  keepRecentToolPairs,
  keepRecentTurns,
  keepRoles,
  keepTools,
} from './keep-rule.ts';
import type { KeepRule } from './keep-rule.ts';

/** 0 system, 1 user, 2–3 read, 4 assistant, 5 user, 6–7 run, 8–9 read, 10 assistant, 11 user. */
const { groups, candidates } = castOf(
  [
    { user: 'first', calls: [{ tool: 'read', output: 'one' }], answer: 'so' },
    {
      user: 'second',
      calls: [
        { tool: 'run', output: 'two' },
        { tool: 'read', output: 'three' },
      ],
      answer: 'well',
    },
    { user: 'third' },
  ],
  'You are a test.',
);
const keptBy = ({ keeps }: KeepRule) =>
  groups
    .filter((group) => {
      const candidate = candidates.get(group);
      return candidate !== undefined && keeps(candidate);
    })
    .flatMap(({ members }) => members);

describe('a keep rule', () => {
  it('keeps what was said in the latest turns, and no tool calls', () => {
    expect(keptBy(keepRecentTurns(1))).toEqual([11]);
    expect(keptBy(keepRecentTurns(2))).toEqual([5, 10, 11]);
  });

  it('keeps the latest tool calls with their results', () => {
    expect(keptBy(keepRecentToolPairs(1))).toEqual([8, 9]);
    expect(keptBy(keepRecentToolPairs(2))).toEqual([6, 7, 8, 9]);
  });

  it('keeps the latest calls of each tool', () => {
    expect(keptBy(keepRecentPairsPerTool(1))).toEqual([6, 7, 8, 9]);
    expect(keptBy(keepRecentPairsPerTool(2))).toEqual([2, 3, 6, 7, 8, 9]);
  });

  it('keeps what is recent up to so many tokens, and never a part of a group', () => {
    // `third` weighs 5 + 4, `well` 4 + 4, the pair before them 8 + 4 and 5 + 4.
    expect(keptBy(keepRecentTokens(8))).toEqual([]);
    expect(keptBy(keepRecentTokens(17))).toEqual([10, 11]);
    expect(keptBy(keepRecentTokens(37))).toEqual([10, 11]);
    expect(keptBy(keepRecentTokens(38))).toEqual([8, 9, 10, 11]);
  });

  it('keeps the latest items, and what must stay with them', () => {
    expect(keptBy(keepRecentItems(2))).toEqual([10, 11]);
    expect(keptBy(keepRecentItems(3))).toEqual([8, 9, 10, 11]);
  });

  it('keeps every call of a named tool, however old, and never gives way', () => {
    expect(keptBy(keepTools('read'))).toEqual([2, 3, 8, 9]);
    expect(keptBy(keepTools('read', 'run'))).toEqual([2, 3, 6, 7, 8, 9]);
    expect(keepTools('read').isFirm).toBe(true);
  });

  it('keeps the messages of a role, and no calls', () => {
    expect(keptBy(keepRoles('user'))).toEqual([1, 5, 11]);
    expect(keptBy(keepRoles('assistant', 'system'))).toEqual([0, 4, 10]);
    expect(keepRoles('user').isFirm).toBe(true);
  });
});
