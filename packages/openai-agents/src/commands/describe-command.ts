import type { CompactResult } from '@clew/core';

/** What a manual compaction did, in a sentence or two. */
export function describeCompaction({
  outcome,
  advice,
  tokens,
  count,
  splice,
}: CompactResult<unknown>): string {
  if (splice === undefined) {
    return `Nothing was compacted${advice === undefined ? '' : `: ${advice}`} (${outcome}, ${amount(tokens.before)} tokens).`;
  }
  const { byFate } = count;
  const parts = [
    ...told(byFate.summarized, 'summarized'),
    ...told(byFate.dropped, 'dropped'),
    ...told(byFate.cleared, 'cleared'),
    ...told(byFate.trimmed, 'shortened'),
  ];
  const share = tokens.before === 0 ? 0 : Math.round((1 - tokens.after / tokens.before) * 100);
  return (
    `Compacted from ${amount(tokens.before)} to ${amount(tokens.after)} tokens (${share} % less): ` +
    `of ${amount(count.before)} items ${parts.join(', ')}; ${amount(byFate.kept + byFate.protected)} stay as they are.`
  );
}

/** How full a session is, and what is left of it. */
export function describeStatus(result: CompactResult<unknown> | undefined): string {
  if (result === undefined) return 'Nothing has been sent in this session yet.';
  const { tokens, window, sequence, coverage, summary, ledger } = result;
  const share = Math.round((tokens.after / window.limitTokens) * 100);
  const times = sequence === 1 ? 'once' : `${amount(sequence)} times`;
  const edited = ledger.filter(({ fate }) => fate === 'cleared' || fate === 'trimmed').length;
  const shortened = edited === 0 ? '' : ` (${amount(edited)} of them shortened)`;
  const covered =
    summary === undefined ? '' : `summary v${summary.version} covers ${amount(coverage.summarized)}, `;
  const past =
    sequence === 0
      ? 'It has not been compacted.'
      : `It was compacted ${times}: of ${amount(coverage.seen)} items the model sees ` +
        `${amount(coverage.visible)}${shortened}, ${covered}${amount(coverage.dropped)} were dropped.`;
  return (
    `The context holds ${amount(tokens.after)} of ${amount(window.limitTokens)} tokens (${share} %); ` +
    `compaction starts at ${amount(window.triggerTokens)}. ${past}`
  );
}

function told(count: number, word: string): readonly string[] {
  return count === 0 ? [] : [`${amount(count)} ${word}`];
}

function amount(value: number): string {
  return value.toLocaleString('en-US');
}
