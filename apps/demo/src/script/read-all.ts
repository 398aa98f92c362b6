import { calls } from './calls.ts';
import { readShown, type ShownFile } from './outputs.ts';
import { type Passage, useAll } from './playbook.ts';

/** Reads files from their beginning, a few side by side. Each may be shown in part. */
export function* readAll(paths: readonly string[], say = ''): Passage<readonly ShownFile[]> {
  const wanted = paths.map((path) => calls.read(path));
  return (yield* useAll(wanted, say)).map(readShown);
}
