import { createHost } from '@clew/host';

/** A host in a process of its own. It says where it is and how long it took to start and to list; then what it took. */
const began = performance.now();
const host = await createHost({ port: 0, database: process.argv[2] ?? ':memory:' });
const startMillis = performance.now() - began;
process.send?.({ url: host.url, startMillis });

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMillis: (user + system) / 1000, peakMib: process.resourceUsage().maxRSS / 1024 });
});
process.on('disconnect', () => void host.close());
