import type { Template } from './template.ts';

export const briefStrategy: Template = {
  task: 'Write short bullets: what was asked, what was done, what is open, and the key references.',
  sections: ['Summary', 'Key references'],
  example: [
    '## Summary',
    '- Asked: make the date tests pass on Node 20. Done: parser rewritten. Open: one failing test.',
    '## Key references',
    '- src/date.ts, test/dst.test.ts',
  ].join('\n'),
};
