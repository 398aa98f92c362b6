import { FsSessionStore } from './fs-session-store.ts';

/** A process of its own: counts in a session that others count in too, or takes its lock and dies with it. */
const [path = '', times = '0'] = process.argv.slice(2);
const store = new FsSessionStore({ path });
const signal = new AbortController().signal;
for (let time = 0; time < Number(times); time += 1) {
  const release = await store.lock('shared', signal);
  const state = (await store.load('shared', signal)) as { readonly count: number } | undefined;
  await store.save('shared', { count: (state?.count ?? 0) + 1 }, signal);
  await release();
}
if (times === '0') {
  await store.lock('shared', signal);
  process.kill(process.pid, 'SIGKILL');
}
