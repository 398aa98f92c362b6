import { summaryTolerance } from '../summary-limit.ts';
import type { FailureKind } from './failure.ts';
import type { Sections } from './find-sections.ts';
import { isRepetitive } from './is-repetitive.ts';
import type { SummarySubject } from './summary-subject.ts';

export const summaryCheckNames = [
  'not_empty',
  'not_an_error',
  'not_a_refusal',
  'not_the_prompt',
  'not_the_example',
  'not_repetitive',
  'readable',
  'within_limit',
  'smaller_than_source',
] as const;
export type SummaryCheckName = (typeof summaryCheckNames)[number];

/** One thing that must hold of a summary. */
export type SummaryCheck = {
  /** What holds of a summary that passes. */
  readonly name: SummaryCheckName;
  /** Of `compact.error`, where it does not hold. */
  readonly errorType: string;
  readonly kind: FailureKind;
  /** @returns what is wrong, in numbers and names only, or `undefined` */
  readonly find: (subject: SummarySubject, sections: Sections) => string | undefined;
};

const errorOpening =
  /^\W{0,4}(?:(?:api|server|internal|network|request|http|provider|runtime|unexpected|fatal|model)?\s?(?:error|exception)\b(?:\s?\(?\d{3}\)?)?\s*[:!-]|\w{0,40}(?:Error|Exception)\s?:|traceback \(most recent call last\)|http(?:\/\d(?:\.\d)?)?\s?[45]\d\d\b|[45]\d\d\s(?:bad|unauthorized|forbidden|not found|too many|internal|service|gateway)|(?:an? )?(?:unexpected |internal |server )?error (?:occurred|has occurred)|upstream connect error|rate limit (?:exceeded|reached)|request timed out)/iu;
const page = /^\s*(?:<!doctype html|<html[\s>]|<\?xml\s)/iu;
const errorKeys = ['error', 'errors', 'detail', 'exception', 'fault'];
const refusal =
  /^\W{0,4}(?:i['’]?m (?:very |so |really )?sorry\b|i am (?:very |so )?sorry\b|sorry,|i (?:can['’]?t|cannot|can not|won['’]?t|will not|am unable to|am not able to)\b|i['’]m (?:unable|not able) to\b|as an ai\b|unfortunately,? i\b)/iu;
const marks = /<\/?(?:transcript|previous-summary)>/iu;
const transcriptHeading = /^## \d+ (?:user|assistant|system|developer|tool|call|result|reasoning|other)\b/gmu;
const minEchoCharacters = 40;
const minReadableRatio = 0.3;

/** In the order in which they are told. Named, so that a record can say which of them a summary passed. */
export const summaryChecks: readonly SummaryCheck[] = [
  {
    name: 'not_empty',
    errorType: 'summary_empty',
    kind: 'unusable',
    // Where nothing was said before the limit was reached, the limit is what is wrong.
    find: ({ text, isTruncated }) =>
      text.trim() === '' && !isTruncated ? 'The summary is empty.' : undefined,
  },
  {
    name: 'not_an_error',
    errorType: 'summary_is_error',
    kind: 'unusable',
    find: ({ text }, { present }) => {
      if (page.test(text)) return 'The summary is a web page.';
      if (isErrorBody(text)) return 'The summary is the JSON body of an error.';
      return present.length === 0 && errorOpening.test(text) ? 'The summary is an error message.' : undefined;
    },
  },
  {
    name: 'not_a_refusal',
    errorType: 'summarizer_refused',
    kind: 'refused',
    find: ({ text }, { present }) =>
      present.length === 0 && refusal.test(text) ? 'The model declined to summarise.' : undefined,
  },
  {
    name: 'not_the_prompt',
    errorType: 'summary_is_prompt',
    kind: 'unusable',
    find: ({ text, request, example }) => {
      if (marks.test(text)) return 'The summary holds the marks of its own prompt.';
      const rules = linesOf(request.instructions.replace(example, ''), minEchoCharacters).filter((line) =>
        text.includes(line),
      );
      if (rules.length > 1) return `The summary repeats ${rules.length} lines of its instructions.`;
      const headings = text.match(transcriptHeading)?.length ?? 0;
      return headings > 2
        ? `The summary copies the transcript: it has ${headings} of its headings.`
        : undefined;
    },
  },
  {
    name: 'not_the_example',
    errorType: 'summary_is_example',
    kind: 'unusable',
    find: ({ text, example }) => {
      const lines = linesOf(example, 1).filter((line) => !line.startsWith('#'));
      const copied = lines.filter((line) => text.includes(line));
      return copied.length > lines.length / 2
        ? `The summary copies ${copied.length} of ${lines.length} lines of the example.`
        : undefined;
    },
  },
  {
    name: 'not_repetitive',
    errorType: 'summary_repetitive',
    kind: 'unusable',
    find: ({ text }) => (isRepetitive(text) ? 'The summary goes round in circles.' : undefined),
  },
  {
    name: 'readable',
    errorType: 'summary_unreadable',
    kind: 'unusable',
    find: ({ text }) => (isReadable(text) ? undefined : 'The summary is no readable text.'),
  },
  {
    name: 'within_limit',
    errorType: 'summary_too_long',
    kind: 'too_long',
    find: ({ tokens, isTruncated, request: { maxTokens } }) => {
      if (isTruncated) return `The summary was cut off; at most ${maxTokens} tokens were asked for.`;
      return tokens > maxTokens * summaryTolerance
        ? `The summary has ${tokens} tokens; at most ${maxTokens} were asked for.`
        : undefined;
    },
  },
  {
    name: 'smaller_than_source',
    errorType: 'summary_inflated',
    kind: 'too_long',
    find: ({ tokens, sourceTokens }) =>
      tokens >= sourceTokens
        ? `The summary has ${tokens} tokens; what it stands for has ${sourceTokens}.`
        : undefined,
  },
];

function linesOf(text: string, minCharacters: number): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= minCharacters);
}

function isErrorBody(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return false;
  try {
    const body = JSON.parse(trimmed) as Readonly<Record<string, unknown>>;
    const isProblem = 'message' in body && ('code' in body || 'status' in body || 'type' in body);
    return isProblem || errorKeys.some((key) => key in body);
  } catch {
    return false;
  }
}

function isReadable(text: string): boolean {
  const characters = text.replace(/\s+/gu, '');
  const broken = characters.match(/[\p{Cc}\ufffd]/gu)?.length ?? 0;
  const letters = characters.match(/[\p{L}\p{N}]/gu)?.join('').length ?? 0;
  return letters >= characters.length * minReadableRatio && broken <= characters.length / 50;
}
