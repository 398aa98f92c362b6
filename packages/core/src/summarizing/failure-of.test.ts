import { describe, expect, it } from 'vitest';
import { CompactError } from '../errors.ts';
import { failureOf } from './failure-of.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const withFields = (message: string, fields: object, name = 'APIError') =>
  Object.assign(new Error(message), { name, ...fields });
const refused = new CompactError({ code: 'summarizer_refused', message: 'no' });
const wrapped = (cause: unknown) => new CompactError({ code: 'summarizer_failed', message: 'no', cause });

describe('a thrown value', () => {
  it.each<readonly [string, unknown, string]>([
    ['a rate limit', withFields('slow down', { status: 429 }), 'transient'],
    [
      'a used-up quota',
      withFields('You exceeded it', { status: 429, code: 'insufficient_quota' }),
      'permanent',
    ],
    ['a provider in trouble', withFields('overloaded', { status: 529 }), 'transient'],
    ['a proxy in trouble', withFields('bad gateway', { statusCode: 502 }), 'transient'],
    ['a wrong key', withFields('Incorrect API key', { status: 401 }), 'permanent'],
    ['a request that is not understood', withFields('bad', { response: { status: 400 } }), 'permanent'],
    ['a body that is too large', withFields('too large', { status: 413 }), 'overflow'],
    [
      'OpenAI on a long prompt',
      withFields('no', { status: 400, code: 'context_length_exceeded' }),
      'overflow',
    ],
    [
      'Anthropic on a long prompt',
      withFields('prompt is too long: 210000 tokens', { status: 400 }),
      'overflow',
    ],
    ['llama.cpp on a long prompt', new Error('the request exceeds the available context size'), 'overflow'],
    ['a reset connection', withFields('x', { code: 'ECONNRESET' }), 'transient'],
    ['a failed fetch', new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } }), 'transient'],
    ['our own time limit', new DOMException('too slow', 'TimeoutError'), 'timeout'],
    ['an abort', new DOMException('stop', 'AbortError'), 'permanent'],
    ['an abort as the OpenAI client tells it', withFields('x', {}, 'APIUserAbortError'), 'permanent'],
    ['a refusal', refused, 'refused'],
    ['a refusal as the SDK tells it', withFields('x', {}, 'ModelRefusalError'), 'refused'],
    ['misuse', new CompactError({ code: 'invalid_options', message: 'no' }), 'permanent'],
    ['a failure with a cause', wrapped(withFields('x', { status: 401 })), 'permanent'],
    ['a failure without a cause', wrapped(undefined), 'transient'],
    ['a defect', new TypeError('undefined is not a function'), 'permanent'],
    ['an unknown error', new Error('hm'), 'transient'],
    ['no error at all', 'hm', 'transient'],
    ['nothing', undefined, 'transient'],
  ])('%s', (_name, error, kind) => {
    expect(failureOf(error, now).kind).toBe(kind);
  });

  it.each<readonly [string, object, number | undefined]>([
    ['milliseconds', { headers: { 'Retry-After-Ms': '250' } }, 250],
    ['seconds', { headers: new Headers({ 'retry-after': '3' }) }, 3000],
    ['a date', { response: { headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' } } }, 9000],
    ['a date that has passed', { headers: { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' } }, 0],
    ['a field', { retryAfterMillis: 7 }, 7],
    ['nothing that can be read', { headers: { 'retry-after': 'soon' } }, undefined],
  ])('asks to wait by %s', (_name, fields, millis) => {
    expect(failureOf(withFields('slow down', { status: 429, ...fields }), now).retryAfterMillis).toBe(millis);
  });

  it('may have getters that throw', () => {
    const hostile = Object.defineProperty(new Error('hm'), 'status', {
      get: () => {
        throw new Error('never');
      },
    });
    expect(failureOf(hostile, now)).toMatchObject({ kind: 'transient', message: 'hm' });
  });
});
