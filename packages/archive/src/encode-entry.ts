import { createHash } from 'node:crypto';
import { canonicalJson } from '@clew/core';
import type { ArchiveEntry } from '@clew/core';
import type { Redactor } from '@clew/redaction';

/** An entry as the bytes that are stored, and their name. */
export type EncodedEntry = {
  readonly text: string;
  /** SHA-256 of the text in UTF-8, in hex: what `sha256sum` says of the file. */
  readonly digest: string;
};

/**
 * A transcript is a line of canonical JSON for each item; a summary is one document, for people too. The same
 * content always gives the same bytes.
 */
export function encodeEntry(
  { step, items }: Pick<ArchiveEntry, 'step' | 'items'>,
  redactor?: Redactor,
): EncodedEntry {
  const lines = items.map((item) => canonicalJson(redactor === undefined ? item : redactor.tree(item).value));
  const text = step === 'transcript' ? lines.map((line) => `${line}\n`).join('') : document(lines);
  return { text, digest: digestOf(text) };
}

/** @throws SyntaxError where the text is not what was encoded */
export function decodeEntry(step: ArchiveEntry['step'], itemCount: number, text: string): readonly unknown[] {
  if (step === 'transcript') {
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as unknown);
  }
  const value: unknown = JSON.parse(text);
  return itemCount !== 1 && Array.isArray(value) ? value : [value];
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function document(lines: readonly string[]): string {
  const [only = 'null'] = lines;
  const json = lines.length === 1 ? only : `[${lines.join(',')}]`;
  return `${JSON.stringify(JSON.parse(json), null, 2)}\n`;
}
