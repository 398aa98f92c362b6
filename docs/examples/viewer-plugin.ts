import { definePlugin } from '@clew/viewer';
import { createElement } from 'react';

/** In the strip: which tools failed. */
export const failedTools = definePlugin<ReadonlySet<string>>({
  api: 1,
  id: '@example/failed-tools',
  title: 'Failed tools',
  match: ({ name, status }) => name.startsWith('execute_tool') && status === 'error',
  // A span may come twice, and in any order: a set does not mind.
  model: ({ spans }, before = new Set()) =>
    new Set([...before, ...spans.filter(({ status }) => status === 'error').map(({ name }) => name)]),
  views: {
    strip: ({ model }) => createElement('p', null, [...model].toSorted().join(', ')),
  },
});
