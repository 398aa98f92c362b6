import { retryAfterMillis } from '../delivery/backoff.ts';
import type { Answer } from './post-json.ts';

/** What an answer means for the batch that it answers. */
export type Verdict =
  | { readonly kind: 'delivered' }
  /** Send it in smaller pieces. */
  | { readonly kind: 'too_large' }
  /** One bad event fails the whole batch: find it. */
  | { readonly kind: 'rejected'; readonly why: string }
  /** Send it again, not before so long. Ariadne answers 500 to what it cannot read, so that is not tried forever. */
  | {
      readonly kind: 'again';
      readonly why: string;
      readonly floorMillis: number;
      readonly isLimited: boolean;
    };

export function judgeAnswer(answer: Answer, now: number): Verdict {
  if ('failure' in answer) {
    return { kind: 'again', why: answer.failure, floorMillis: 0, isLimited: false };
  }
  const { status, retryAfter, text } = answer;
  const why = `HTTP ${status} ${text.slice(0, 200)}`.trimEnd();
  if (status >= 200 && status < 300) {
    return { kind: 'delivered' };
  }
  if (status === 413) {
    return { kind: 'too_large' };
  }
  if (status === 400 || status === 422) {
    return { kind: 'rejected', why };
  }
  return { kind: 'again', why, floorMillis: retryAfterMillis(retryAfter, now), isLimited: status === 500 };
}
