import { reportDelivery } from './delivery-report.ts';

await reportDelivery((line) => void process.stdout.write(`${line}\n`));
