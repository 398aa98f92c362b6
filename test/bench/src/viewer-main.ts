import { reportViewer } from './viewer-report.ts';

await reportViewer((line) => void process.stdout.write(`${line}\n`));
