import { CompactError } from '@clew/core';

/** What the service said: its own code, such as `AccessDenied`, and the HTTP status where there was an answer. */
export type Refused = {
  readonly code: string;
  readonly status: number | undefined;
  readonly message: string;
};

export function refusalOf(error: unknown): Refused {
  if (!(error instanceof Error)) return { code: 'Error', status: undefined, message: String(error) };
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  const systemCode = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    code: systemCode ?? error.name,
    status: typeof status === 'number' ? status : undefined,
    message: error.message,
  };
}

/** An error that says which request failed, as what, and what to look at. */
export function s3Error(request: string, cause: unknown): CompactError {
  const { code, status, message } = refusalOf(cause);
  const answer = status === undefined ? code : `${code}, HTTP ${status}`;
  const advice = adviceOn(code);
  return new CompactError({
    code: 'archive_failed',
    message: `${request} failed (${answer}): ${message === '' ? 'no reason was given' : message}${advice}`,
    cause,
    details: { request, code, ...(status === undefined ? {} : { status }) },
  });
}

const advices: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/^CredentialsProviderError$/u, 'No credentials were found: give the process a role, a profile or AWS_*.'],
  [/^(SignatureDoesNotMatch|InvalidAccessKeyId)$/u, 'The credentials are not those of this service.'],
  [/Expired/u, 'The credentials have expired.'],
  [/^AccessDenied$/u, 'The role needs s3:PutObject, s3:GetObject and s3:ListBucket, and the use of the key.'],
  [/^KMS/u, 'The role needs kms:GenerateDataKey and kms:Decrypt on an enabled key.'],
  [/^NoSuchBucket$/u, 'Create the bucket, or correct its name: it is never created here.'],
  [/^(AuthorizationHeaderMalformed|PermanentRedirect)$/u, 'Is the bucket in another region?'],
];

function adviceOn(code: string): string {
  const found = advices.find(([pattern]) => pattern.test(code));
  return found === undefined ? '' : ` ${found[1]}`;
}
