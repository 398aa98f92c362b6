import { CompactError } from '../errors.ts';
import type { FailureKind, SummaryFailure } from './failure.ts';
import { field, retryAfterOf } from './retry-after.ts';

const networkCodes =
  /^(?:E(?:CONN(?:RESET|REFUSED|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NETDOWN|AI_AGAIN|NOTFOUND)|UND_ERR_\w+)$/u;
const networkWords = /fetch failed|failed to fetch|load failed|network|socket hang up|terminated/iu;
const overflowWords =
  /context[ _-]?(?:length|window|size)|maximum context|(?:prompt|input|request) (?:is )?too (?:long|large)|too many (?:input )?tokens|exceeds? the (?:available|maximum) (?:context|number of tokens)/iu;
const noQuota = /insufficient_quota|billing|credit balance/iu;
/** Defects of code, whose repetition would only cost time. */
const defects = new Set(['TypeError', 'ReferenceError', 'RangeError', 'UserError']);

/**
 * What a thrown value is, by what may help against it. Errors of providers are known by the fields that their
 * clients share (`status`, `code`, `headers`), since none of their classes can be known here.
 *
 * @param now epoch milliseconds, for a `Retry-After` that is a date
 */
export function failureOf(error: unknown, now: number): SummaryFailure {
  const kind = kindOf(error);
  const wait = kind === 'transient' ? retryAfterOf(error, now) : undefined;
  return {
    kind,
    errorType: errorTypeOf(error, kind),
    message: messageOf(error),
    ...(wait === undefined ? {} : { retryAfterMillis: wait }),
  };
}

function kindOf(error: unknown): FailureKind {
  if (CompactError.isInstance(error)) {
    if (error.code === 'summarizer_refused') return 'refused';
    if (error.code !== 'summarizer_failed') return 'permanent';
    return error.cause === undefined ? 'transient' : kindOf(error.cause);
  }
  const name = textField(error, 'name');
  if (name === 'TimeoutError') return 'timeout';
  if (name === 'AbortError' || name === 'APIUserAbortError') return 'permanent';
  if (name === 'ModelRefusalError') return 'refused';
  const words = `${textField(error, 'code')} ${messageOf(error)}`;
  const status = statusOf(error);
  if (status !== undefined && status >= 400) return kindOfStatus(status, words);
  if (overflowWords.test(words)) return 'overflow';
  if (isNetwork(error)) return 'transient';
  return defects.has(name) ? 'permanent' : 'transient';
}

function kindOfStatus(status: number, words: string): FailureKind {
  if (status === 429) return noQuota.test(words) ? 'permanent' : 'transient';
  if (status >= 500 || status === 408 || status === 409 || status === 425) return 'transient';
  return status === 413 || overflowWords.test(words) ? 'overflow' : 'permanent';
}

function statusOf(error: unknown): number | undefined {
  const status =
    field(error, 'status') ?? field(error, 'statusCode') ?? field(field(error, 'response'), 'status');
  return typeof status === 'number' ? status : undefined;
}

function isNetwork(error: unknown): boolean {
  const cause = field(error, 'cause');
  const codes = [field(error, 'code'), field(cause, 'code')];
  return (
    codes.some((code) => typeof code === 'string' && networkCodes.test(code)) ||
    (error instanceof Error && networkWords.test(error.message))
  );
}

function errorTypeOf(error: unknown, kind: FailureKind): string {
  if (kind === 'refused') return 'summarizer_refused';
  if (CompactError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

function textField(value: unknown, name: string): string {
  const text = field(value, name);
  return typeof text === 'string' ? text : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
