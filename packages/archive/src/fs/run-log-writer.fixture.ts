import { FsRunLog } from './fs-run-log.ts';

/** A process of its own: appends to a log that others append to, and says of each line when it is there. */
const [path = '', name = '', count = '0'] = process.argv.slice(2);
const log = new FsRunLog({ path, sync: 'never' });
const { signal } = new AbortController();
for (let position = 0; position < Number(count); position += 1) {
  const head = { schema_version: 1, at: new Date(0).toISOString(), session_id: 'shared' };
  const item = `${name} ${position} ${'x'.repeat(position % 700)}`;
  const id = `${name}-${position}`;
  const line = {
    ...head,
    type: 'item',
    position,
    id,
    role: 'user',
    kind: 'message',
    tokens: 1,
    item,
  } as const;
  await log.append('shared', [line], signal);
  process.stdout.write(`${id}\n`);
}
