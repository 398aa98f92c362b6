import { expect, test } from 'vitest';
import { Progress } from './progress.ts';
import { createScreen } from './screen.ts';
import { tasks } from './tasks/tasks.ts';

function follow(stream: { isTTY?: boolean } = {}, env: NodeJS.ProcessEnv = {}) {
  let text = '';
  const write = (part: string) => (text += part);
  const progress = new Progress(createScreen({ ...stream, write }, env), 10_000);
  const [task] = tasks;
  if (task === undefined) throw new Error('There are no tasks.');
  progress.task(task, 1);
  progress.call({ kind: 'turn', promptTokens: 5_000 });
  progress.call({ kind: 'summary', promptTokens: 800 });
  progress.compaction({ outcome: 'compacted', tokensBefore: 9_100, tokensAfter: 4_000 });
  progress.call({ kind: 'turn', promptTokens: 12_000 });
  progress.warning(new Error('no room'));
  progress.finding('Finding: yes.\nAnd more.');
  return text;
}

test('each call is a line with its number, its task and how full the window is', () => {
  expect(follow()).toBe(
    [
      'Task 1: map the workspace',
      '  call   1  # 1 ██████████░░░░░░░░░░   5.0k of 10.0k',
      '  summary      ██░░░░░░░░░░░░░░░░░░    800 of 10.0k',
      '  compacted 9.1k → 4.0k  (compacted)',
      '  call   2  # 1 ████████████████████  12.0k of 10.0k  over the window',
      '  not compacted: no room',
      '  Finding: yes.',
      '',
    ].join('\n'),
  );
});

test('colours are for terminals, unless they are not wanted', () => {
  const escape = '\u001b[';
  expect(follow()).not.toContain(escape);
  expect(follow({ isTTY: true }, { NO_COLOR: '1' })).not.toContain(escape);
  expect(follow({ isTTY: true })).toContain(escape);
});
