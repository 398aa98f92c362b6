import type { RedactedText, Replacing } from './redacted.ts';

/** A global expression, and how much of a match stays in front of the replacement. */
export type Pattern = {
  readonly expression: RegExp;
  /** Length of the head of a match that is not secret, such as `api_key=`. */
  readonly keptLength: (match: string) => number;
  /** Says no where the form alone is not enough, as with a number that has a check digit. */
  readonly isReal?: (secret: string) => boolean;
};

/** Replaces every match. An empty match, and one that lies within an earlier replacement, is left alone. */
export function redactPattern(
  text: string,
  { expression, keptLength, isReal = () => true }: Pattern,
  { replacement, isAllowed }: Replacing,
): RedactedText {
  let count = 0;
  const redacted = text.replace(expression, (match: string, ...rest: readonly unknown[]) => {
    const head = match.slice(0, keptLength(match));
    const secret = match.slice(head.length);
    if (
      secret === '' ||
      isWithin(text, offsetOf(rest) + head.length, secret.length, replacement) ||
      !isReal(secret) ||
      isAllowed(secret)
    ) {
      return match;
    }
    count += 1;
    return head + replacement;
  });
  return { text: redacted, count };
}

/** After the match come its groups, then its offset: the first number. */
function offsetOf(rest: readonly unknown[]): number {
  return rest.find((argument) => typeof argument === 'number') ?? 0;
}

function isWithin(text: string, start: number, length: number, replacement: string): boolean {
  const from = Math.max(0, start + length - replacement.length);
  return from <= start && text.slice(from, start + replacement.length).includes(replacement);
}
