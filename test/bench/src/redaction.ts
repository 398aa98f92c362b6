import { createRedactor } from '@clew/redaction';
import { timePairs } from './timing.ts';
import type { Timing } from './timing.ts';

const hostile = [
  'a',
  ' ',
  '"',
  '\\',
  '12',
  '1 ',
  'sk-',
  'sk-a-',
  'eyJ',
  '-eyJ',
  'eyJaaaaaa.',
  'password',
  'password=&',
  'password="\\',
  'a://',
  'aa://b:',
  'https://a1',
  '-----BEGIN PRIVATE KEY-----',
  'Bearer a',
  'Cookie: a=',
  ' -u a:b',
  '?sig=a',
  'a@',
  'DE12 ',
  '+1 ',
  '0a',
  'aaa1Q~',
  '1:AA',
  'token: a.',
  'token:&a',
  'pa-a',
  'key-0',
  'SG.a',
  'v1.0-',
];

/** A megabyte of prose, and the worst of many megabytes that are made to hurt, with every rule on. */
export async function redaction(): Promise<Readonly<Record<string, Timing>>> {
  const redactor = createRedactor({ personal: ['email', 'phone', 'card', 'iban'] });
  const megabyteOf = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length));
  const prose = megabyteOf('The quick brown fox reads src/index.ts and writes 42 lines of it.\n');
  const [ofProse] = await timePairs(5, [async () => void redactor.text(prose)]);
  let worst: Timing | undefined;
  for (const text of hostile.map(megabyteOf)) {
    const [timing] = await timePairs(3, [async () => void redactor.text(text)]);
    if (timing !== undefined && timing.medianMillis > (worst?.medianMillis ?? 0)) worst = timing;
  }
  return { ...(ofProse && { 'of prose': ofProse }), ...(worst && { 'of the worst of the hostile': worst }) };
}
