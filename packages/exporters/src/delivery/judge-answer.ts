import { retryAfterMillis } from './backoff.ts';
import type { Answer } from './http-poster.ts';

/** What an answer means for the batch that it answers. */
export type Verdict =
  /** All but `rejected` of its spans, which must not be sent again. */
  | { readonly kind: 'delivered'; readonly rejected: number; readonly why: string }
  /** Send it in smaller pieces. */
  | { readonly kind: 'too_large' }
  /** One bad span fails the whole batch: find it. */
  | { readonly kind: 'rejected'; readonly why: string }
  /** Send it again, not before so long. */
  | {
      readonly kind: 'again';
      readonly why: string;
      readonly floorMillis: number;
      /** The server failed on it (500): it may be the batch's fault, so that it is not tried forever. */
      readonly isDoubtful: boolean;
      /** Nothing but a change of settings will help (401, 403, 404, a redirect): there is no hurry to ask again. */
      readonly isRefusal: boolean;
    };

export function judgeAnswer(answer: Answer, now: number): Verdict {
  if ('failure' in answer) {
    return { kind: 'again', why: answer.failure, floorMillis: 0, isDoubtful: false, isRefusal: false };
  }
  const { status, retryAfter, location, body } = answer;
  const target = location === undefined ? '' : `to ${location} `;
  const why = `HTTP ${status} ${target}${body.subarray(0, 200).toString('utf8')}`.trimEnd();
  if (status >= 200 && status < 300) {
    return { kind: 'delivered', rejected: 0, why: '' };
  }
  if (status === 413) {
    return { kind: 'too_large' };
  }
  if (status === 400 || status === 422) {
    return { kind: 'rejected', why };
  }
  return {
    kind: 'again',
    why,
    floorMillis: retryAfterMillis(retryAfter, now),
    isDoubtful: status === 500,
    isRefusal: (status >= 300 && status < 400) || [401, 403, 404, 405, 415].includes(status),
  };
}
