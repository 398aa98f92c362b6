import type { Template } from './template.ts';

export const taskStateStrategy: Template = {
  task: 'Write the state of the task, so that somebody who has read nothing else can go on with it.',
  sections: [
    'Goals and success criteria',
    'Entities (ids, file names, branches, environments)',
    'Constraints',
    'Decisions with their rationale',
    'Open actions and blockers',
    'Sources',
  ],
  example: [
    '## Goals and success criteria',
    '- Make `pnpm test` pass on Node 20 (asked by the user).',
    '## Entities (ids, file names, branches, environments)',
    '- src/date.ts, branch fix/dst, CI job 4711',
    '## Constraints',
    '- "do not touch the public API"',
    '## Decisions with their rationale',
    '- Parse with Temporal, because Date loses the zone.',
    '## Open actions and blockers',
    '- test/dst.test.ts still fails: expected 02:30, got 03:30',
    '## Sources',
    '- output of `pnpm test`, docs/dates.md',
  ].join('\n'),
};
