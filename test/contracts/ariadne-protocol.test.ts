import { describeAriadne } from '@clew/exporters/testing';
import { createHost } from '@clew/host';

// What our exporter relies on of an Ariadne, our own host must give too.
describeAriadne(
  'the Clew host',
  async () => {
    const host = await createHost({ port: 0, database: ':memory:' });
    return { url: `${host.url}/ingest`, close: () => host.close() };
  },
  { isStock: false },
);
