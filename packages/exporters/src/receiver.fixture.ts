import { appendFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';

// An Ariadne that writes down what it took before it says so, and that can be killed.

const [file = '', port = '0'] = process.argv.slice(2);
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'POST') {
      const { batch } = JSON.parse(Buffer.concat(chunks).toString()) as {
        batch: { type: string; name: string }[];
      };
      const names = batch.filter(({ type }) => type === 'span').map(({ name }) => `${name}\n`);
      appendFileSync(file, names.join(''));
    }
    // Slow enough to be met in the middle of its work.
    setTimeout(() => response.end('{}'), 5);
  });
});
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  writeSync(1, `${typeof address === 'object' && address !== null ? address.port : ''}\n`);
});
