import { reportHost } from './host-report.ts';

await reportHost((line) => void process.stdout.write(`${line}\n`));
