import { calls } from '../script/calls.ts';
import { expectSuccess } from '../script/outputs.ts';
import { use, useAll } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import { digestsOf } from './map-the-workspace.ts';
import type { Task } from './task.ts';

const readCount = 6;

export const review: Task = {
  title: 'hand over for review',
  prompt:
    'Hand over to the Reviewer, who reads every file that was edited in this session, checks that the scripts ' +
    'still parse, and proves that the files that had to stay as they are did.',
  *play(notebook) {
    yield* use(calls.handoff('Reviewer'), 'The work is done; the Reviewer takes over.');
    const scripts = notebook.edited.filter((path) => path.endsWith('.mjs'));
    yield* readAll(notebook.edited.slice(0, readCount));
    const checks = yield* useAll(scripts.map((path) => calls.node('--check', path)));
    checks.forEach(expectSuccess);
    const frozen = [...notebook.digests.keys()];
    const now = expectSuccess(yield* use(calls.node('-e', digestsOf(frozen)))).stdout.split('\n');
    const changed = frozen.filter((path) => !now.includes(`${notebook.digests.get(path)}  ${path}`));
    const { found, of } = notebook.recall ?? { found: 0, of: 0 };
    return (
      `Finding: ${notebook.edited.length} files were edited, ${scripts.length} scripts parse, and ` +
      `${changed.length === 0 ? 'no frozen file changed' : `these changed: ${changed.join(', ')}`}. ` +
      `Of ${of} facts that the review needed, ${found} were still in the context.`
    );
  },
};
