import type { Template } from './template.ts';

export const codeDeltaStrategy: Template = {
  task: 'Write what changed in the code, one line a file: file_path: what changed (functions, APIs touched, side effects, follow-ups).',
  sections: ['Changes', 'Follow-ups'],
  example: [
    '## Changes',
    'src/date.ts: parseDate() now takes a zone (callers: src/api.ts, src/cli.ts); throws RangeError on a gap',
    '## Follow-ups',
    'test/dst.test.ts: one case fails, expected 02:30',
  ].join('\n'),
};
