import * as fc from 'fast-check';
import { describe as suite, expect, it } from 'vitest';
import { arbitraryNamedRecord, recordNames } from './arbitrary-record.fixture.ts';
import { examples } from './example-records.fixture.ts';
import { Outcome } from './run-record.ts';
import type { RunRecord } from './run-record.ts';
import { describe } from './sentence.ts';

suite('the sentence of each span', () => {
  it.each([
    ['compact.token_estimate', 'The next prompt holds ~112k of 128k tokens (88 %), estimated.'],
    [
      'compact.trigger_decision',
      'Compaction is due by the rule token_budget: 112k of 128k tokens (88 %), trigger at 109k; 53 items to leave.',
    ],
    [
      'compact.summary_created',
      'Summarised 47 messages of 60k tokens in 812 tokens (1.4 %) as task_state, part 2 of 2: summary v3.',
    ],
    [
      'compact.pruned_messages',
      '6 items of 8k tokens left the context; kept 1 pinned item, 6 recent turns and 4 tool pairs.',
    ],
    ['compact.archival', 'Stored the transcript in fs at session-1/transcript-pre-compact-003.jsonl.'],
    ['compact.error', 'Attempt 2 failed with summarizer_failed; fallback: pruning-only.'],
  ] as const)('%s', (name, sentence) => {
    expect(describe(name, examples[name])).toBe(sentence);
  });

  it('is one line that ends with a full stop, whatever the numbers', () => {
    fc.assert(
      fc.property(arbitraryNamedRecord, ({ name, record }) => {
        const sentence = describe(name, record);
        expect(sentence).toMatch(/\.$/u);
        expect(sentence).not.toMatch(/NaN|undefined|Infinity|\b1 \w+s\b (?:of|left|to)/u);
      }),
    );
  });

  it('holds no content', () => {
    for (const name of recordNames) expect(describe(name, examples[name])).not.toContain('SECRET');
  });
});

suite('the sentence of a run', () => {
  const { tokens, count, window } = examples['compact.run'];
  const none = { kept: 3, protected: 0, trimmed: 0, cleared: 0, summarized: 0, dropped: 0 };
  const small = { ...tokens, before: 21_400, after: 21_400 };
  const below = {
    outcome: 'noop_below',
    tokens: small,
    window: { ...window, limit: 32_000, trigger: 27_200 },
  } as const;

  it('tells where the trigger is when nothing was done', () => {
    expect(run({ ...below, reapplied: 'none' })).toBe(
      'Not compacted: 21.4k of 32k tokens (67 %), trigger at 27.2k.',
    );
    expect(run(below)).toContain('trigger at 27.2k; the earlier compaction still holds.');
    expect(run({ ...below, reapplied: 'missed' })).toContain(
      '; the earlier compaction was not found in the input.',
    );
  });

  it('marks a guess with a tilde', () => {
    expect(run({ ...below, tokens: { ...small, basis: 'estimate' } })).toContain(
      'Not compacted: ~21.4k of 32k',
    );
  });

  it('says one item and one token, and passes over what is none', () => {
    const one = { ...count, ...none, summarized: 1 };
    const summary = { ...examples['compact.summary_created'].summary, tokens: 1 };
    expect(run({ count: one, summary, retention: undefined })).toBe(
      'Compacted 112k to 44k tokens (-61 %): 1 item summarised; summary v3 of 1 token.',
    );
    expect(run({ count: { ...count, ...none }, summary: undefined, retention: undefined })).toBe(
      'Compacted 112k to 44k tokens (-61 %).',
    );
  });

  it('tells a pruning and a fallback from a compaction', () => {
    const cleared = { ...count, ...none, cleared: 12, trimmed: 3 };
    expect(run({ outcome: 'pruned_only', count: cleared })).toBe(
      'Pruned 112k to 44k tokens (-61 %): 12 items cleared, 3 trimmed; no summary was needed.',
    );
    expect(run({ outcome: 'fallback', count: { ...count, ...none, dropped: 53 }, summary: undefined })).toBe(
      'Compacted 112k to 44k tokens (-61 %) without the summariser: 53 items dropped; 97 % of the facts kept.',
    );
  });

  it('tells why the input was returned', () => {
    const over = { ...tokens, before: 40_000, after: 40_000 };
    expect(run({ outcome: 'irreducible', tokens: over, window: { ...window, limit: 32_000 } })).toBe(
      'Not compacted: what may never leave is over the budget by itself; 40k of 32k tokens (125 %).',
    );
    expect(run({ outcome: 'irreducible' })).toMatch(
      /^Compacted 112k to 44k tokens \(-61 %\): .*, but what may never/u,
    );
  });

  it('differs for each outcome', () => {
    const sentences = Outcome.options.map((outcome) => run({ outcome, tokens: small }));
    expect(new Set(sentences).size).toBe(Outcome.options.length);
  });

  it('gives no share of an unknown window', () => {
    expect(run({ outcome: 'failed', tokens: small, window: { ...window, limit: 0 } })).toBe(
      'Not compacted: something failed unexpectedly; 21.4k of 0 tokens.',
    );
  });
});

suite('the other sentences', () => {
  const decision = examples['compact.trigger_decision'];

  it('tell a decision that is not due from one that is held back', () => {
    const skipped = { ...decision, triggered: false };
    expect(describe('compact.trigger_decision', { ...skipped, t_est: 90_000 })).toBe(
      'Compaction is not due: 90k of 128k tokens (70 %), trigger at 109k.',
    );
    expect(describe('compact.trigger_decision', skipped)).toMatch(/^Compaction is held back: /u);
  });

  it('tell a digest from a summary, and a second attempt from the first', () => {
    const record = {
      ...examples['compact.summary_created'],
      method: 'digest',
      attempt: 2,
      input_tokens: 0,
    } as const;
    expect(describe('compact.summary_created', record)).toBe(
      'Summarised 47 messages of 0 tokens in 812 tokens without a model at attempt 2, part 2 of 2: summary v3.',
    );
  });

  it('say plainly that nothing left or nothing was kept', () => {
    const record = {
      ...examples['compact.pruned_messages'],
      kept: { pinned: 0, recent_turns: 0, tool_pairs: 0 },
    };
    expect(describe('compact.pruned_messages', { ...record, pruned_count: 0 })).toBe(
      'No item left the context.',
    );
    expect(describe('compact.pruned_messages', { ...record, pruned_count: 1, pruned_tokens: 1 })).toBe(
      '1 item of 1 token left the context.',
    );
  });
});

function run(changes: Partial<RunRecord>): string {
  return describe('compact.run', { ...examples['compact.run'], ...changes });
}
