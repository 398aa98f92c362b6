import { expect, test } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const answer = (status: number, retryAfter?: string) =>
  judgeAnswer({ status, retryAfter, location: undefined, body: Buffer.from('why') }, now);

test.each([200, 201, 204])('%d is a delivery', (status) => {
  expect(answer(status)).toEqual({ kind: 'delivered', rejected: 0, why: '' });
});

test.each([400, 422])('%d means that an event is bad', (status) => {
  expect(answer(status)).toEqual({ kind: 'rejected', why: `HTTP ${status} why` });
});

test('413 means that the body is too large', () => {
  expect(answer(413)).toEqual({ kind: 'too_large' });
});

test.each([301, 401, 404, 408, 425, 429, 502, 503, 504])(
  '%d is tried again for as long as there is room',
  (status) => {
    expect(answer(status, '7')).toEqual({
      kind: 'again',
      why: `HTTP ${status} why`,
      floorMillis: 7000,
      isDoubtful: false,
      isRefusal: [301, 401, 404].includes(status),
    });
  },
);

test('a redirect is not followed, and says where it leads', () => {
  const moved = { status: 307, retryAfter: undefined, location: 'http://a/b', body: Buffer.alloc(0) };
  expect(judgeAnswer(moved, now)).toMatchObject({ kind: 'again', why: 'HTTP 307 to http://a/b' });
});

test('500 is tried again a few times only', () => {
  expect(answer(500)).toMatchObject({ kind: 'again', isDoubtful: true, floorMillis: 0 });
});

test('no answer is tried again', () => {
  expect(judgeAnswer({ failure: 'ECONNREFUSED' }, now)).toEqual({
    kind: 'again',
    why: 'ECONNREFUSED',
    floorMillis: 0,
    isDoubtful: false,
    isRefusal: false,
  });
});
