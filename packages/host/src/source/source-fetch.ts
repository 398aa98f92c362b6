import { excerpt, sourceError } from './source-error.ts';

export type SourceRequest = {
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For messages. */
  readonly name: string;
  /** Statuses that are answers, beside those below 300. */
  readonly accept?: readonly number[];
};

/** Asks a backend. The body is still to be read. Rejects with the signal's reason, or with a source's error. */
export async function sourceFetch(request: SourceRequest, signal: AbortSignal): Promise<Response> {
  signal.throwIfAborted();
  const response = await fetch(request.url, {
    method: request.method ?? 'GET',
    signal,
    redirect: 'error',
    ...(request.headers && { headers: request.headers }),
    ...(request.body !== undefined && { body: request.body }),
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    const origin = request.url.origin;
    throw sourceError(
      'source_unreachable',
      `${request.name} could not be asked at ${origin}: ${reasonOf(cause)}. Check that it runs there and that the address is right.`,
      cause,
    );
  });
  if (response.ok || request.accept?.includes(response.status) === true) return response;
  const text = await response.text().catch(() => '');
  throw sourceError(
    'source_refused',
    `${request.name} refused with status ${response.status}: ${excerpt(text) || response.statusText}. ${adviceFor(response.status)}`,
  );
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return 'Check the user and the password in the address.';
  if (status === 404) return 'Check the path in the address.';
  return 'Nothing was read.';
}

/** `fetch` says only that it failed; why is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
