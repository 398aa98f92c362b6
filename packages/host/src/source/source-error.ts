import { HostError, type SourceErrorCode } from '../host-error.ts';

/** An error of a source. `message` says what was expected, what came, and what to do. */
export function sourceError(code: SourceErrorCode, message: string, cause?: unknown): HostError {
  return new HostError({ code, message, ...(cause !== undefined && { cause }) });
}

/** The beginning of what somebody else said, for a message. */
export function excerpt(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
