import type { ArchiveEntry } from '@clew/core';

/**
 * The names that an entry may be stored under, the first that is free or holds the same bytes. The number is a
 * session's own; a branch or another process may have used it for something else, which is never overwritten.
 */
export function objectNames(
  { step, sequence }: Pick<ArchiveEntry, 'step' | 'sequence'>,
  digest: string,
): readonly string[] {
  const number = String(sequence).padStart(3, '0');
  const [base, extension] =
    step === 'transcript'
      ? ([`transcript-pre-compact-${number}`, '.jsonl'] as const)
      : ([`summary-${number}`, '.json'] as const);
  return [
    `${base}${extension}`,
    `${base}-${digest.slice(0, 12)}${extension}`,
    `${base}-${digest}${extension}`,
  ];
}

/** The number of the compaction that a file belongs to; `undefined` for any other file. */
export function numberOf(name: string): number | undefined {
  const [, number] = /^(?:transcript-pre-compact|summary)-(\d+)(?:-[0-9a-f]+)?\.jsonl?$/u.exec(name) ?? [];
  return number === undefined ? undefined : Number(number);
}
