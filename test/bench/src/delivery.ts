/* oxlint-disable unicorn/require-post-message-target-origin -- a thread is no window */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';

const execute = promisify(execFile);

type Received = { readonly spans: number; readonly largest: number; readonly withoutLength: number };
type Figures = Readonly<Record<string, number>>;
export type DeliveryRow = {
  readonly way: string;
  readonly load: string;
  readonly figures: Figures;
} & Received;

/** Every load on every way of delivery, each in a process of its own, one after the other. */
export async function* delivery(): AsyncGenerator<DeliveryRow> {
  const receiver = new Worker(new URL('delivery-receiver.js', import.meta.url));
  const [{ port }] = (await once(receiver, 'message')) as [{ port: number }];
  for (const load of ['burst', 'turns', 'heavy', 'cost', 'dead']) {
    for (const way of waysOf(load)) {
      const url = load === 'dead' ? 'http://127.0.0.1:1' : `http://127.0.0.1:${port}`;
      const script = fileURLToPath(new URL('delivery-load.js', import.meta.url));
      const { stdout } = await execute(process.execPath, ['--expose-gc', script, way, load, url]);
      receiver.postMessage('count');
      const [received] = (await once(receiver, 'message')) as [Received];
      yield { way, load, figures: JSON.parse(stdout) as Figures, ...received };
    }
  }
  await receiver.terminate();
}

/** What redaction costs is told apart where it counts. */
function waysOf(load: string): readonly string[] {
  const isTold = load === 'heavy' || load === 'cost';
  const ways = ['otlp', 'otlp, no spool', 'ariadne'];
  return [
    'peer',
    ...ways.flatMap((way) => (isTold ? [way, `${way}, no redaction`] : [way])),
    ...(load === 'cost' ? ['otlp, protobuf'] : []),
  ];
}
