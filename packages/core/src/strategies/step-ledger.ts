import type { Template } from './template.ts';

export const stepLedgerStrategy: Template = {
  task: 'Write a ledger of the steps that were taken, in order, one line each: [item numbers] what was done :: with which tool, on what :: outcome. Join steps that repeat one another. A step that failed stays in it, with its error.',
  sections: ['Steps', 'Current step', 'Next steps'],
  example: [
    '## Steps',
    '[1-4] reproduced the failure :: shell, `pnpm test` :: 1 of 212 fails: test/dst.test.ts, expected 02:30, got 03:30',
    '[5-9] rewrote the parser :: edit, src/date.ts :: done',
    '[10] ran the tests :: shell, `pnpm test` :: failed: RangeError in src/cli.ts:41',
    '## Current step',
    '[11] mend src/cli.ts:41, which calls parseDate() without a zone',
    '## Next steps',
    '- run `pnpm test` again; then write the changelog (asked by the user)',
  ].join('\n'),
};
