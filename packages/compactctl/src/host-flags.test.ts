import { HostOptions } from '@clew/host';
import { expect, it } from 'vitest';
import { hostOptions } from './host-flags.ts';
import { UsageError } from './usage-error.ts';

it('makes options of the flags that were given, and takes the token from the environment', () => {
  const flags = {
    hostname: '0.0.0.0',
    'allow-origin': ['https://a.example'],
    'keep-days': '2',
    'keep-mib': '100',
  };
  const options = hostOptions(flags, { environment: { CLEW_HOST_TOKEN: 'x'.repeat(20) } });
  expect(options).toEqual({
    hostname: '0.0.0.0',
    token: 'x'.repeat(20),
    corsOrigins: ['https://a.example'],
    retention: { maxAgeMillis: 172_800_000, maxBytes: 104_857_600 },
  });
  expect(HostOptions.safeParse(options).success).toBe(true);
});

it('leaves the defaults alone, and names a flag that is not valid', () => {
  expect(hostOptions({}, { environment: { CLEW_HOST_TOKEN: '' } })).toEqual({ retention: {} });
  expect(() => hostOptions({ 'keep-days': 'many' }, { environment: {} })).toThrow(UsageError);
});
