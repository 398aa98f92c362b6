import { describeAriadne } from './describe-ariadne.ts';
import { StrictAriadne } from './strict-ariadne.ts';

describeAriadne('StrictAriadne', () => new StrictAriadne().start());

const address = process.env['ARIADNE_URL'];
describeAriadne('the real Ariadne', async () => ({ url: address ?? '', close: async () => {} }), {
  skip: address === undefined ? 'set ARIADNE_URL to the address of its /ingest to run this' : undefined,
});
