import type { Template } from './template.ts';

export const requirementsLedgerStrategy: Template = {
  task: 'Write a ledger of what was required, one line each: [R number] the requirement in the words of whoever made it :: who, item number :: state (open, done, changed, dropped) :: evidence. A number, once given, stays. A requirement that was changed or withdrawn stays too, and says by what.',
  sections: ['Requirements', 'Constraints', 'Acceptance', 'Open questions'],
  example: [
    '## Requirements',
    '[R1] "make the tests pass on Node 20" :: user, 1 :: open :: 211 of 212 pass',
    '[R2] "also support the 24-hour form" :: user, 14 :: done :: src/date.ts, test/hours.test.ts',
    '[R3] "log every parse" :: user, 3 :: dropped by item 15 ("forget the logging") ::',
    '## Constraints',
    '[C1] "do not touch the public API" :: user, 1',
    '## Acceptance',
    '- `pnpm test` passes on Node 20.19 (R1)',
    '## Open questions',
    '- may parseDate() throw on a gap? Asked at item 16, not answered',
  ].join('\n'),
};
