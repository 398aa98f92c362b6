import { createHost } from './host.ts';

/** A host in a process of its own, so that it can be killed: the database is its argument, its address what it prints. */
const host = await createHost({ port: 0, database: process.argv[2] ?? '' });
process.stdout.write(`${host.url}\n`);
