import { FsArchive } from './fs-archive.ts';

/** A process of its own: stores some entries under numbers that others use too. */
const [path = '', name = '', count = '0'] = process.argv.slice(2);
const archive = new FsArchive({ path });
const signal = new AbortController().signal;
for (let sequence = 1; sequence <= Number(count); sequence += 1) {
  const items = Array.from({ length: 20 }, (_, line) => `${name} ${sequence} ${line} ${'x'.repeat(500)}`);
  const rows = items.map(
    (_, index) => ({ id: `${name}-${sequence}-${index}`, fate: 'dropped', index }) as const,
  );
  const entry = {
    sessionId: 'shared',
    sequence,
    runId: `${name}-${sequence}`,
    step: 'transcript',
    at: 0,
  } as const;
  await archive.store({ ...entry, items, rows }, signal);
  // The same by everybody: one object.
  await archive.store({ ...entry, step: 'summary', items: [{ sequence }] }, signal);
}
