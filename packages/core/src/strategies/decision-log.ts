import type { Template } from './template.ts';

export const decisionLogStrategy: Template = {
  task: 'Write a chronological ledger of decisions, one line each: [step_id] decision :: rationale :: inputs :: outputs.',
  sections: ['Decisions'],
  example: [
    '## Decisions',
    '[3] parse with Temporal :: Date loses the zone :: docs/dates.md :: src/date.ts rewritten',
    '[9] keep the old export :: "do not touch the public API" :: user :: src/index.ts unchanged',
  ].join('\n'),
};
