import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strategyNames } from '../policy.ts';
import { strategyOf } from '../strategies/strategy.ts';
import { summaryRequest } from '../summary-prompt.ts';
import { writtenSummary } from '../testing/written-summary.ts';
import { findSections } from './find-sections.ts';
import { isRepetitive } from './is-repetitive.ts';
import { judgeSummary } from './judge-summary.ts';
import type { SummarySubject } from './summary-subject.ts';
import { summaryCheckNames } from './summary-checks.ts';
import { tidyDraft } from './tidy-draft.ts';

const { sections, example } = strategyOf('task_state');
const request = summaryRequest({
  sessionId: 's',
  strategy: 'task_state',
  transcript: { text: '## 1 user\nMake the tests pass.', shortenedCount: 0 },
  previous: undefined,
  note: undefined,
  maxTokens: 500,
  missing: [],
});

function judge(text: string, about: Partial<SummarySubject> = {}) {
  return judgeSummary({
    text,
    request,
    tokens: Math.ceil(text.length / 4),
    sourceTokens: 10_000,
    isTruncated: false,
    sections,
    example,
    requiresSections: true,
    ...about,
  });
}
const failed = (text: string, about?: Partial<SummarySubject>) => {
  const verdict = judge(text, about);
  return verdict.isGood ? 'good' : verdict.failure.errorType;
};
const good = writtenSummary('- Make the tests pass (asked by the user).');

describe('a judge of summaries', () => {
  it('passes a good one, and reports what it looked at', () => {
    expect(judge(good)).toEqual({
      isGood: true,
      verification: { sections: { present: sections, missing: [] }, checks: [...summaryCheckNames] },
    });
  });

  it.each([
    ['nothing', '', 'summary_empty'],
    ['blanks', ' \n\t ', 'summary_empty'],
    ['an error', 'Error: connect ECONNREFUSED 127.0.0.1:443', 'summary_is_error'],
    ['an error of a class', 'RateLimitError: Too many requests', 'summary_is_error'],
    ['an error in words', 'An unexpected error occurred. Please try again later.', 'summary_is_error'],
    ['a status', 'HTTP 503 Service Unavailable', 'summary_is_error'],
    ['a web page', '<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>', 'summary_is_error'],
    ['a body', '{"error":{"message":"Rate limit reached","type":"requests"}}', 'summary_is_error'],
    ['a problem document', '{"type":"about:blank","status":500,"message":"no"}', 'summary_is_error'],
    ['an apology', "I'm sorry, but I can't help with that.", 'summarizer_refused'],
    ['a refusal', 'I cannot assist with this request.', 'summarizer_refused'],
    ['a curly refusal', 'I’m unable to summarize this content.', 'summarizer_refused'],
    ['its own prompt', `${request.instructions}\n\n${request.prompt}`, 'summary_is_prompt'],
    ['its own rules', request.instructions, 'summary_is_prompt'],
    ['the transcript', '## 1 user\nGo.\n\n## 2 call read\n{}\n\n## 3 result read\nok', 'summary_is_prompt'],
    ['the example', example, 'summary_is_example'],
    ['a loop', `${good}\n${'- and then it went on and on\n'.repeat(60)}`, 'summary_repetitive'],
    ['a loop of one character', `${good}\n${'あ'.repeat(900)}`, 'summary_repetitive'],
    ['no text', `## Goals\n${'▒▓█│┤'.repeat(40)}`, 'summary_unreadable'],
    [
      'too much',
      writtenSummary(Array.from({ length: 400 }, (_, index) => `word ${index}`).join(' ')),
      'summary_too_long',
    ],
    ['an answer to the transcript', 'Sure, I will run the tests again now.', 'summary_incomplete'],
  ])('refuses %s', (_name, text, errorType) => {
    expect(failed(text)).toBe(errorType);
  });

  it('refuses what is longer than what it stands for, and what was cut off', () => {
    expect(failed(good, { sourceTokens: 10 })).toBe('summary_inflated');
    expect(failed(good, { isTruncated: true })).toBe('summary_too_long');
    expect(failed('', { isTruncated: true })).toBe('summary_too_long');
  });

  it('does not take talk of errors for an error', () => {
    const talk = `## Goals and success criteria\n- Error: ENOENT in src/a.ts is to be gone.\n${good}`;
    expect(judge(talk).isGood).toBe(true);
    expect(failed('Errors in the parser were mended; the tests pass.')).toBe('summary_incomplete');
  });

  it('names missing sections, and says whether the summary would do', () => {
    const most = good.split('## Sources')[0] ?? '';
    expect(judge(most)).toMatchObject({
      isGood: false,
      failure: { kind: 'incomplete', missing: ['Sources'] },
      candidate: { sections: { missing: ['Sources'] } },
    });
    expect(judge('## Goals\n- one section of six')).not.toHaveProperty('candidate');
  });

  it('asks for no sections where there is no room for them, or where nobody wants them', () => {
    expect(judge('- short', { request: { ...request, maxTokens: 60 } }).isGood).toBe(true);
    expect(judge('- free form', { requiresSections: false }).isGood).toBe(true);
  });

  it.each(strategyNames)('passes what a good model writes as %s', (strategy) => {
    const own = strategyOf(strategy);
    const text = writtenSummary('- Make the tests pass.', strategy);
    expect(judge(text, { sections: own.sections, example: own.example }).isGood).toBe(true);
    expect(findSections(own.example, own.sections).missing).toEqual([]);
  });

  it('never throws and never takes long, whatever it reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        expect(typeof judge(tidyDraft(text)).isGood).toBe('boolean');
      }),
    );
    for (const unit of ['#', '*', '<', ': ', '(', '1.', ' ', '## ', '- **']) {
      expect(judge(tidyDraft(unit.repeat(20_000))).isGood).toBe(false);
    }
  });
});

describe('sections', () => {
  it.each([
    '## Goals and success criteria',
    '# GOALS',
    '### 1. Goals & success criteria:',
    '**Goals and success criteria**',
    '**Goals:** make it pass',
    'Goals: make it pass',
    '1. Goals and success criteria:',
    '- **Goals** make it pass',
    '<goals>',
  ])('are found in %s', (line) => {
    expect(findSections(`x\n${line}\ny`, ['Goals and success criteria'])).toMatchObject({ missing: [] });
  });

  it.each(['Goals', 'the goals and success criteria are met', '## Go', '## Other goals'])(
    'are not found in %s',
    (line) => {
      expect(findSections(line, ['Goals and success criteria'])).toMatchObject({ present: [] });
    },
  );
});

describe('a tidied draft', () => {
  it.each([
    ['  text \n', 'text'],
    ['<think>let me see</think>\n## Goals', '## Goals'],
    ['<THINKING>a</thinking><analysis>b</analysis>## Goals', '## Goals'],
    ['<think>never done', ''],
    ['```markdown\n## Goals\n- x\n```', '## Goals\n- x'],
    ['```\na\n```\nb\n```\nc\n```', '```\na\n```\nb\n```\nc\n```'],
    ['## Goals\n```ts\nlet x', '## Goals\n```ts\nlet x\n```'],
  ])('of %j', (text, tidy) => {
    expect(tidyDraft(text)).toBe(tidy);
  });

  it('is tidy', () => {
    const line = fc.constantFrom('```', '````', '~~~', '<think>', '</think>', 'a', '## Goals', '```md');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const once = tidyDraft(lines.join('\n'));
        const opened = once.split('\n').filter((each) => /^(```|~~~)/u.test(each));
        expect(once === '' || opened.length !== 1).toBe(true);
      }),
    );
  });
});

describe('a text that goes round in circles', () => {
  it('is told from lists, tables and other scripts', () => {
    const paths = Array.from({ length: 60 }, (_, index) => `- src/module-${index}/index.ts: read`).join('\n');
    const hashes = Array.from({ length: 30 }, (_, index) => `| ${index * 7919} | ${index * 104_729} |`).join(
      '\n',
    );
    const japanese = Array.from(
      { length: 40 },
      (_, index) => `第${index}項を直し、試験を${index * 3}回した。`,
    ).join('');
    expect([paths, hashes, japanese].map(isRepetitive)).toEqual([false, false, false]);
    expect(isRepetitive(`${paths}\n${'I will now go on. '.repeat(60)}`)).toBe(true);
  });
});
